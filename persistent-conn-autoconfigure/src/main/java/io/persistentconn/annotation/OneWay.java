package io.persistentconn.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An {@link RpcMapping RPC} that is not answered. The method returns {@code void}, or a
 * stage or {@code Mono} of {@code Void}, which for a client completes when the message
 * was handed to the transport: that does not mean that it will arrive.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OneWay {

}
