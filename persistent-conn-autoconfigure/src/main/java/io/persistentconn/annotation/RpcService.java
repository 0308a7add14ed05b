package io.persistentconn.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A component whose methods answer RPCs: those with {@link RpcMapping @RpcMapping}, be it
 * in the class itself or in an interface that it implements, which is then the contract
 * that clients share.
 * <p>
 * Methods that return a stage, {@code Mono}, {@code Flux} or {@code Flow.Publisher} are
 * called on the event loop of the connection, where nothing may block; all others on the
 * executor of the application, many at a time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface RpcService {

	/**
	 * The name of the component.
	 * @return the name, made of that of the class by default
	 */
	@AliasFor(annotation = Component.class)
	String value() default "";

	/**
	 * Which servers offer this.
	 * @return names of RPC servers; none, the default, stands for all
	 */
	String[] server() default {};

}
