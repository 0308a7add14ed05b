package io.persistentconn.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method that says what the caller of an RPC sees of an exception. Its only parameter
 * is the exception; the nearest type decides, and methods of the service itself come
 * before those of other beans. It returns, or throws,
 * <ul>
 * <li>another exception, in which a {@code NotAuthorizedException} refuses the caller;
 * <li>for a pipe or state, also what it is rejected with, of the type that
 * {@link RpcMapping#error()} says.
 * </ul>
 * A stream that was accepted and then fails can be rejected no more: its reader sees the
 * exception, and, if that is mapped to something else, the original. It is called
 * wherever the exception was met, be it an event loop, so it must not block.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface RpcExceptionHandler {

}
