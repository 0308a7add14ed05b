package io.persistentconn.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a bean that is told what a subscription brings, and what happens to it: it
 * is subscribed while the application runs, and again whenever that fails or is lost.
 * <pre>{@code @DurableSubscription(connection = "quotes", rpc = "book", query = "${symbol}")
 * void onBook(StateUpdate<Book, Change, String> update) { … }
 * }</pre> The only parameter is a {@code StateUpdate} for a state RPC or a
 * {@code PipeUpdate} for a pipe RPC; its type arguments say what is read. A type gets the
 * only {@code BinCodec} bean for it, or the codec that {@code BinCodecs} derives.
 * <p>
 * The method is called in order, and never before it is done with what came before. If it
 * returns a stage or a {@code Mono} it is called on an event loop, where nothing may
 * block, and is done when that completes; if it returns {@code void} it is called on the
 * executor of the application and may block. What it throws is logged, once in a row, and
 * changes nothing. {@code persistent-conn.subscriptions.<name>.buffer} says what happens
 * when it does not keep up.
 * <p>
 * All texts may have placeholders.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface DurableSubscription {

	/**
	 * Over which connection to subscribe.
	 * @return the name of a connection with {@code protocol: rpc}
	 */
	String connection();

	/**
	 * What to subscribe to.
	 * @return the name of the RPC
	 */
	String rpc();

	/**
	 * The version of the RPC.
	 * @return the version, 1 by default
	 */
	long version() default 1;

	/**
	 * What the subscription is called in properties, health, meters and events.
	 * @return the name, by default that of the RPC; no two subscriptions have the same
	 */
	String name() default "";

	/**
	 * What is asked, if that is a {@code string}.
	 * @return the query; without one, and without a {@link #queryBean()}, it is
	 * {@code unit}
	 */
	String query() default "";

	/**
	 * What is asked, if that is something else.
	 * @return the name of a bean that is the query, or of a {@code Supplier} of it, which
	 * is asked in every attempt, on an event loop
	 */
	String queryBean() default "";

}
