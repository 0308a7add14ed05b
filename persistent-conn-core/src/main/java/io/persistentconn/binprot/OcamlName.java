package io.persistentconn.binprot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name in OCaml of a record's component, of an enum's constant, or of a record that
 * is a constructor of a variant, where it is not the one that {@link BinCodecs#of(Class)}
 * makes of the Java name. Names count for {@linkplain BinShape#digest() digests} and for
 * {@linkplain PolymorphicVariant polymorphic variants}.
 * <p>
 * On another type it is the name by which {@link BinShape#ocamlType()} mentions it; with
 * a dot in it, as in {@code Result.t}, it is printed instead of the definition.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.FIELD, ElementType.RECORD_COMPONENT })
public @interface OcamlName {

	/**
	 * The name.
	 * @return as OCaml has it
	 */
	String value();

}
