package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.persistentconn.binprot.BinReader;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What pipe and state RPCs do alike: serve a query, and dispatch one.
 */
final class StreamService {

	private StreamService() {
	}

	static <Q, S, U, E> Implementation implementation(StreamDefinition<Q, S, U, E> definition, Opener<Q, U> opener) {
		return new Implementation(definition.id(), definition.computation(),
				(query, data) -> serve(definition, opener, query, data));
	}

	private static <Q, S, U, E> void serve(StreamDefinition<Q, S, U, E> definition, Opener<Q, U> opener,
			ServedQuery query, BinReader data) {
		Q value = query.decode(definition.queryCodec(), data);
		if (value == null) {
			return;
		}
		ServedStream<U> stream = new ServedStream<>(query, definition.updateCodec());
		if (!query.calls().addStream(query.id(), stream)) {
			query.undecodable(data.error("query id " + query.id() + " (expected: not that of an open stream)"));
			return;
		}
		try {
			opener.open(stream, query, value);
		}
		catch (Throwable ex) {
			stream.failed(ex);
		}
	}

	/** Waits for what the handler says, on whichever thread. */
	static <A, U, E> void whenDecided(ServedStream<U> stream, StreamDefinition<?, ?, U, E> definition,
			CompletionStage<? extends Outcome<? extends A, E>> outcome, Consumer<? super A> onAccepted) {
		outcome.whenComplete((decision, failure) -> stream.session().onOwner(() -> {
			try {
				if (failure != null) {
					stream.failed(failure);
				}
				else if (decision instanceof Outcome.Rejected<? extends A, E> rejected) {
					stream.reject(definition.errorCodec(), rejected.error());
				}
				else {
					onAccepted.accept(decision.orElseThrow());
				}
			}
			catch (Throwable ex) {
				// No decision, or a publisher that throws: the caller would wait forever.
				stream.failed(ex);
			}
		}));
	}

	static <Q, S, U, E, T> CompletableFuture<Outcome<T, E>> dispatch(RpcConnection connection,
			StreamDefinition<Q, S, U, E> definition, Q query, @Nullable QueryMetadata metadata,
			BiFunction<? super S, Pipe<U>, T> onAccepted) {
		PipeHandler<U> handler = new PipeHandler<>(definition);
		Session session = connection.session();
		StreamCall<Q, S, U, E, T> call = new StreamCall<>(session, definition, query, metadata, handler,
				(initial) -> onAccepted.apply(initial, handler.pipe()));
		handler.pipe().closed().thenRun(call::giveUp);
		return session.dispatch(call);
	}

	static <Q, S, U, E, T> CompletableFuture<Outcome<T, E>> dispatchIter(RpcConnection connection,
			StreamDefinition<Q, S, U, E> definition, Q query, StreamHandler<U> handler,
			BiFunction<? super S, StreamHandle, T> onAccepted) {
		Session session = connection.session();
		Aborting aborting = new Aborting();
		StreamCall<Q, S, U, E, T> call = new StreamCall<>(session, definition, query, null, handler,
				(initial) -> onAccepted.apply(initial, aborting));
		aborting.call = call;
		return session.dispatch(call);
	}

	/**
	 * Opens a stream that was asked for.
	 *
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 */
	@FunctionalInterface
	interface Opener<Q, U> {

		void open(ServedStream<U> stream, ServedQuery query, Q value) throws Throwable;

	}

	private static final class Aborting implements StreamHandle {

		private @Nullable StreamCall<?, ?, ?, ?, ?> call;

		@Override
		public void abort() {
			if (this.call != null) {
				this.call.giveUp();
			}
		}

	}

}
