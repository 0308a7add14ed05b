package io.persistentconn.binprot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an enum or a sealed interface that stands for a polymorphic variant of OCaml, as
 * in <code>[ `Query of string | `Abort ]</code>, instead of an ordinary one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PolymorphicVariant {

}
