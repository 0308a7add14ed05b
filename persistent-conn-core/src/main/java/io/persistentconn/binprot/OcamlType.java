package io.persistentconn.binprot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The type in OCaml of a record's component, where it is not the one that
 * {@link BinCodecs#of(Class)} makes of the Java type: for example
 * {@code @OcamlType("int64") long id}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OcamlType {

	/**
	 * The type.
	 * @return for a {@code long}: {@code int63}, {@code int64}, {@code nativeint} or
	 * {@code nat0}; for an {@code int}: {@code int32}; for a {@code byte[]}:
	 * {@code string} or {@code bytes}; for a {@code double[]}: {@code float64_vec}; for a
	 * {@code float[]}: {@code float32_vec}; for integers also those of a fixed width in
	 * {@link BinCodecs}
	 */
	String value();

}
