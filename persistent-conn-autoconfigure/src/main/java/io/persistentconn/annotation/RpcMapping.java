package io.persistentconn.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * An RPC, as a method. Its kind follows from what the method returns:
 * <ul>
 * <li>a value, a {@code CompletionStage} or a {@code Mono}: unary, with one answer;
 * <li>with {@link OneWay @OneWay}: one-way, without an answer;
 * <li>a {@code Flow.Publisher} such as a {@code Pipe}, a {@code Flux} or a
 * {@code java.util.stream.Stream}: a pipe;
 * <li>a {@code StateStream}, or a stage or {@code Mono} of it: a state.
 * </ul>
 * No parameter is a query of {@code unit}, one is the query, and several are a tuple. A
 * parameter or result that is nullable is an {@code option}, as an {@code Optional} is. A
 * type gets the only {@code BinCodec} bean for it, or the codec that {@code BinCodecs}
 * derives.
 * <p>
 * Outside of a contract that clients share, a method of a service may also have
 * parameters that are no part of the query: {@code RpcConnection}, {@code RpcContext},
 * the peer's {@code SocketAddress}, and {@code QueryMetadata}, which is an
 * {@code Optional} or may be {@code null}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface RpcMapping {

	/**
	 * The name of the RPC.
	 * @return the name; by default {@code get-quote} if the method is {@code getQuote}
	 */
	String name() default "";

	/**
	 * The version of the RPC: one that changes a type gets another.
	 * @return the version, 1 by default
	 */
	long version() default 1;

	/**
	 * What a pipe or state is rejected with.
	 * @return the type, {@code String} by default
	 */
	Class<?> error() default String.class;

}
