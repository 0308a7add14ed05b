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
 * }</pre> The parameter is a {@code StateUpdate} for a state RPC or a {@code PipeUpdate}
 * for a pipe RPC; its type arguments say what is read. A type gets the only
 * {@code BinCodec} bean for it, or the codec that {@code BinCodecs} derives. There may be
 * a second parameter, a {@code NamedSubscription}, which tells over which connection it
 * came, how the subscription is doing, and how old the data is.
 * <p>
 * The method is called in order, and, for one subscription, never before it is done with
 * what came before. If it returns a stage or a {@code Mono} it is called on an event
 * loop, where nothing may block, and is done when that completes; if it returns
 * {@code void} it is called on the executor of the application and may block. What it
 * throws is logged, once in a row, and changes nothing.
 * {@code persistent-conn.subscriptions.<name>.buffer} says what happens when it does not
 * keep up.
 * <p>
 * All texts may have placeholders.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface DurableSubscription {

	/**
	 * Over which connections to subscribe: once over each of them.
	 * @return the names of connections with {@code protocol: rpc}, one by one or with
	 * commas between, so that a placeholder may stand for several
	 */
	String[] connection();

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
	 * @return the name, by default that of the RPC; no two subscriptions have the same,
	 * so over several connections it has to contain <code>{connection}</code>, for which
	 * the name of the connection is put
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
