package io.persistentconn.durable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StateHandle;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.versioned.BothConvert;
import io.persistentconn.rpc.versioned.CallerStateRpc;
import io.persistentconn.rpc.versioned.ConnectionWithMenu;
import io.persistentconn.rpc.versioned.ConversionException;

/**
 * Subscribes to a state RPC, and again whenever the subscription fails, is rejected or
 * ends, for ever, until the stream is closed. What happens is told in the stream, in
 * order: see {@link StateUpdate}. <pre>{@code
 * Pipe<StateUpdate<Book, Change, String>> updates =
 *     DurableStateRpc.create(Durable.of(quotes), BOOK, "AAPL", Duration.ofSeconds(5));
 * }</pre>
 * <p>
 * The first attempt begins at once; after a failure or a loss the next one begins when
 * the delay is over, and the buffer not full. Closing the stream ends the subscription
 * for good, whatever it is doing, and aborts the stream of the server. It never ends by
 * itself, but for {@link Overflow#CLOSE}, and if its owner ends, with a failure.
 * <p>
 * All methods may be called from any thread, and never block. Each subscription has one
 * owner, that of its {@link Durable} unless the options name another; the reader is
 * called by it, and with updates by the event loop of the connection, never by both at
 * once. So it must not block.
 * <p>
 * Source: {@code Durable_state_rpc} of the seed on durable subscriptions, rules D2 to D5.
 */
public final class DurableStateRpc {

	private DurableStateRpc() {
	}

	/**
	 * Subscribes to a state RPC.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param resubscribeDelay how long to wait after a failure or a loss; more than zero
	 * @param <Q> the type of the query
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream
	 * @throws IllegalArgumentException if the delay is not more than zero
	 */
	public static <Q, S, U, E> Pipe<StateUpdate<S, U, E>> create(Durable<RpcConnection> durable,
			StateRpc<Q, S, U, E> rpc, Q query, Duration resubscribeDelay) {
		return create(durable, rpc, query, SubscriptionOptions.resubscribeAfter(resubscribeDelay));
	}

	/**
	 * Subscribes to a state RPC.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the type of the query
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream
	 */
	public static <Q, S, U, E> Pipe<StateUpdate<S, U, E>> create(Durable<RpcConnection> durable,
			StateRpc<Q, S, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).start();
	}

	/**
	 * Subscribes to a state RPC, if the first attempt succeeds.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param resubscribeDelay how long to wait after a failure or a loss; more than zero
	 * @param <Q> the type of the query
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 * @throws IllegalArgumentException if the delay is not more than zero
	 */
	public static <Q, S, U, E> CompletableFuture<Outcome<Pipe<StateUpdate<S, U, E>>, E>> createOrFail(
			Durable<RpcConnection> durable, StateRpc<Q, S, U, E> rpc, Q query, Duration resubscribeDelay) {
		return createOrFail(durable, rpc, query, SubscriptionOptions.resubscribeAfter(resubscribeDelay));
	}

	/**
	 * Subscribes to a state RPC, if the first attempt succeeds.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the type of the query
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 */
	public static <Q, S, U, E> CompletableFuture<Outcome<Pipe<StateUpdate<S, U, E>>, E>> createOrFail(
			Durable<RpcConnection> durable, StateRpc<Q, S, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).startOrFail();
	}

	/**
	 * Subscribes to a state RPC in the highest version that both sides have at the time
	 * of each attempt; the caller converts. An update whose conversion fails is an error
	 * in the stream, which goes on.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <S> the model of the state
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return the stream
	 */
	public static <Q, S, U, E> Pipe<StateUpdate<S, Result<U, ConversionException>, E>> createVersioned(
			Durable<ConnectionWithMenu> durable, CallerStateRpc<Q, S, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).start();
	}

	/**
	 * Subscribes to a state RPC for which both sides convert.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <S> the model of the state
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return as for one for which the caller converts
	 */
	public static <Q, S, U, E> Pipe<StateUpdate<S, Result<U, ConversionException>, E>> createVersioned(
			Durable<ConnectionWithMenu> durable, BothConvert<CallerStateRpc<Q, S, U, E>, ?> rpc, Q query,
			SubscriptionOptions options) {
		return createVersioned(durable, rpc.caller(), query, options);
	}

	/**
	 * Subscribes to a state RPC in the highest version that both sides have at the time
	 * of each attempt; the caller converts. An update whose conversion fails is an error
	 * in the stream, which goes on. Nothing goes on if the first attempt fails.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <S> the model of the state
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 */
	public static <Q, S, U, E> CompletableFuture<Outcome<Pipe<StateUpdate<S, Result<U, ConversionException>, E>>, E>> createOrFailVersioned(
			Durable<ConnectionWithMenu> durable, CallerStateRpc<Q, S, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).startOrFail();
	}

	/**
	 * Subscribes to a state RPC for which both sides convert, if the first attempt
	 * succeeds.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <S> the model of the state
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return as for one for which the caller converts
	 */
	public static <Q, S, U, E> CompletableFuture<Outcome<Pipe<StateUpdate<S, Result<U, ConversionException>, E>>, E>> createOrFailVersioned(
			Durable<ConnectionWithMenu> durable, BothConvert<CallerStateRpc<Q, S, U, E>, ?> rpc, Q query,
			SubscriptionOptions options) {
		return createOrFailVersioned(durable, rpc.caller(), query, options);
	}

	/**
	 * Subscribes in a way of one's own.
	 * @param durable the connections that it goes over
	 * @param dispatcher makes the call of every attempt
	 * @param options how to hold the subscription
	 * @param <A> the type of connections
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream
	 */
	public static <A, S, U, E> Pipe<StateUpdate<S, U, E>> create(Durable<A> durable,
			StreamDispatcher<? super A, StateHandle<S>, U, E> dispatcher, SubscriptionOptions options) {
		return of(dispatcher, durable, dispatcher, options).start();
	}

	/**
	 * Subscribes in a way of one's own, if the first attempt succeeds.
	 * @param durable the connections that it goes over
	 * @param dispatcher makes the call of every attempt
	 * @param options how to hold the subscription
	 * @param <A> the type of connections
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 */
	public static <A, S, U, E> CompletableFuture<Outcome<Pipe<StateUpdate<S, U, E>>, E>> createOrFail(
			Durable<A> durable, StreamDispatcher<? super A, StateHandle<S>, U, E> dispatcher,
			SubscriptionOptions options) {
		return of(dispatcher, durable, dispatcher, options).startOrFail();
	}

	private static <Q, S, U, E> StreamDispatcher<RpcConnection, StateHandle<S>, U, E> dispatcher(
			StateRpc<Q, S, U, E> rpc, Q query) {
		return (connection, handler) -> rpc.dispatchIter(connection, query, handler);
	}

	private static <Q, S, U, E> StreamDispatcher<ConnectionWithMenu, StateHandle<S>, Result<U, ConversionException>, E> dispatcher(
			CallerStateRpc<Q, S, U, E> rpc, Q query) {
		return (connection, handler) -> rpc.dispatchMultiIter(connection, query, handler);
	}

	private static <A, S, U, E> Subscription<A, StateHandle<S>, U, E, StateUpdate<S, U, E>> of(Object name,
			Durable<A> durable, StreamDispatcher<? super A, StateHandle<S>, U, E> dispatcher,
			SubscriptionOptions options) {
		return new Subscription<>(name.toString(), durable, dispatcher, new StateWording<>(), options);
	}

}
