package io.persistentconn.durable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StreamHandle;
import io.persistentconn.rpc.versioned.BothConvert;
import io.persistentconn.rpc.versioned.CallerPipeRpc;
import io.persistentconn.rpc.versioned.ConnectionWithMenu;
import io.persistentconn.rpc.versioned.ConversionException;

/**
 * Subscribes to a pipe RPC, and again whenever the subscription fails, is rejected or
 * ends, for ever, until the stream is closed: all that is said at {@link DurableStateRpc}
 * holds here, but there is no state. Updates between two subscriptions are missed.
 * Source: {@code Durable_pipe_rpc}, rule D4.
 */
public final class DurablePipeRpc {

	private DurablePipeRpc() {
	}

	/**
	 * Subscribes to a pipe RPC.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param resubscribeDelay how long to wait after a failure or a loss; more than zero
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream
	 * @throws IllegalArgumentException if the delay is not more than zero
	 */
	public static <Q, U, E> Pipe<PipeUpdate<U, E>> create(Durable<RpcConnection> durable, PipeRpc<Q, U, E> rpc, Q query,
			Duration resubscribeDelay) {
		return create(durable, rpc, query, SubscriptionOptions.resubscribeAfter(resubscribeDelay));
	}

	/**
	 * Subscribes to a pipe RPC.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream
	 */
	public static <Q, U, E> Pipe<PipeUpdate<U, E>> create(Durable<RpcConnection> durable, PipeRpc<Q, U, E> rpc, Q query,
			SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).start();
	}

	/**
	 * Subscribes to a pipe RPC, if the first attempt succeeds.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param resubscribeDelay how long to wait after a failure or a loss; more than zero
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 * @throws IllegalArgumentException if the delay is not more than zero
	 */
	public static <Q, U, E> CompletableFuture<Outcome<Pipe<PipeUpdate<U, E>>, E>> createOrFail(
			Durable<RpcConnection> durable, PipeRpc<Q, U, E> rpc, Q query, Duration resubscribeDelay) {
		return createOrFail(durable, rpc, query, SubscriptionOptions.resubscribeAfter(resubscribeDelay));
	}

	/**
	 * Subscribes to a pipe RPC, if the first attempt succeeds.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 */
	public static <Q, U, E> CompletableFuture<Outcome<Pipe<PipeUpdate<U, E>>, E>> createOrFail(
			Durable<RpcConnection> durable, PipeRpc<Q, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).startOrFail();
	}

	/**
	 * Subscribes to a pipe RPC in the highest version that both sides have at the time of
	 * each attempt; the caller converts. An update whose conversion fails is an error in
	 * the stream, which goes on.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return the stream
	 */
	public static <Q, U, E> Pipe<PipeUpdate<Result<U, ConversionException>, E>> createVersioned(
			Durable<ConnectionWithMenu> durable, CallerPipeRpc<Q, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).start();
	}

	/**
	 * Subscribes to a pipe RPC for which both sides convert.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return as for one for which the caller converts
	 */
	public static <Q, U, E> Pipe<PipeUpdate<Result<U, ConversionException>, E>> createVersioned(
			Durable<ConnectionWithMenu> durable, BothConvert<CallerPipeRpc<Q, U, E>, ?> rpc, Q query,
			SubscriptionOptions options) {
		return createVersioned(durable, rpc.caller(), query, options);
	}

	/**
	 * Subscribes to a pipe RPC in the highest version that both sides have at the time of
	 * each attempt; the caller converts. An update whose conversion fails is an error in
	 * the stream, which goes on. Nothing goes on if the first attempt fails.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 */
	public static <Q, U, E> CompletableFuture<Outcome<Pipe<PipeUpdate<Result<U, ConversionException>, E>>, E>> createOrFailVersioned(
			Durable<ConnectionWithMenu> durable, CallerPipeRpc<Q, U, E> rpc, Q query, SubscriptionOptions options) {
		return of(rpc, durable, dispatcher(rpc, query), options).startOrFail();
	}

	/**
	 * Subscribes to a pipe RPC for which both sides convert, if the first attempt
	 * succeeds.
	 * @param durable the connections that it goes over
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param options how to hold the subscription
	 * @param <Q> the model of the query
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return as for one for which the caller converts
	 */
	public static <Q, U, E> CompletableFuture<Outcome<Pipe<PipeUpdate<Result<U, ConversionException>, E>>, E>> createOrFailVersioned(
			Durable<ConnectionWithMenu> durable, BothConvert<CallerPipeRpc<Q, U, E>, ?> rpc, Q query,
			SubscriptionOptions options) {
		return createOrFailVersioned(durable, rpc.caller(), query, options);
	}

	/**
	 * Subscribes in a way of one's own.
	 * @param durable the connections that it goes over
	 * @param dispatcher makes the call of every attempt
	 * @param options how to hold the subscription
	 * @param <A> the type of connections
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream
	 */
	public static <A, U, E> Pipe<PipeUpdate<U, E>> create(Durable<A> durable,
			StreamDispatcher<? super A, StreamHandle, U, E> dispatcher, SubscriptionOptions options) {
		return of(dispatcher, durable, dispatcher, options).start();
	}

	/**
	 * Subscribes in a way of one's own, if the first attempt succeeds.
	 * @param durable the connections that it goes over
	 * @param dispatcher makes the call of every attempt
	 * @param options how to hold the subscription
	 * @param <A> the type of connections
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return a new future of the stream, in which that attempt and its success come
	 * first, or of the rejection. It is completed by the owner, and fails if the attempt
	 * does; cancelling it ends the subscription
	 */
	public static <A, U, E> CompletableFuture<Outcome<Pipe<PipeUpdate<U, E>>, E>> createOrFail(Durable<A> durable,
			StreamDispatcher<? super A, StreamHandle, U, E> dispatcher, SubscriptionOptions options) {
		return of(dispatcher, durable, dispatcher, options).startOrFail();
	}

	private static <Q, U, E> StreamDispatcher<RpcConnection, StreamHandle, U, E> dispatcher(PipeRpc<Q, U, E> rpc,
			Q query) {
		return (connection, handler) -> rpc.dispatchIter(connection, query, handler);
	}

	private static <Q, U, E> StreamDispatcher<ConnectionWithMenu, StreamHandle, Result<U, ConversionException>, E> dispatcher(
			CallerPipeRpc<Q, U, E> rpc, Q query) {
		return (connection, handler) -> rpc.dispatchMultiIter(connection, query, handler);
	}

	private static <A, U, E> Subscription<A, StreamHandle, U, E, PipeUpdate<U, E>> of(Object name, Durable<A> durable,
			StreamDispatcher<? super A, StreamHandle, U, E> dispatcher, SubscriptionOptions options) {
		return new Subscription<>(name.toString(), durable, dispatcher, new PipeWording<>(), options);
	}

}
