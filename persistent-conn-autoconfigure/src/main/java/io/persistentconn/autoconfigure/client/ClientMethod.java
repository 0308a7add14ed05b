package io.persistentconn.autoconfigure.client;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.contract.ReactorResults;
import io.persistentconn.autoconfigure.contract.RpcDefinition;
import io.persistentconn.autoconfigure.contract.RpcMethod;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Calls an RPC when a method is called. Immutable; used by any thread.
 */
final class ClientMethod {

	private final RpcMethod rpc;

	private final Calls calls;

	private final Blocking blocking;

	ClientMethod(RpcMethod rpc, Calls calls) {
		this.rpc = rpc;
		this.calls = calls;
		this.blocking = new Blocking(calls.connection().name() + ": " + rpc);
	}

	@Nullable Object call(Object[] query) {
		if (this.rpc.form().isBlocking()) {
			this.blocking.check();
		}
		return switch (this.rpc.form()) {
			case VALUE -> this.blocking.await(single(query));
			case STAGE -> single(query);
			case MONO -> ReactorResults.mono(() -> single(query));
			case PUBLISHER -> updates(query);
			case PIPE -> PipeRelay.of(updates(query));
			case FLUX -> ReactorResults.flux(updates(query));
			case STREAM -> PipeStream.of(this.blocking.await(open(query)), this.blocking);
		};
	}

	/** Calls what has one result. */
	private CompletableFuture<@Nullable Object> single(Object[] query) {
		RpcDefinition definition = this.rpc.definition();
		if (definition instanceof RpcDefinition.Unary unary) {
			return this.calls.begin((connection) -> unary.rpc().dispatch(connection, query),
					this.rpc.value()::fromWire);
		}
		if (definition instanceof RpcDefinition.OneWay oneWay) {
			return this.calls.begin((connection) -> oneWay.rpc().dispatch(connection, query), (sent) -> null);
		}
		return this.calls.begin((connection) -> ((RpcDefinition.State) definition).rpc().dispatch(connection, query),
				Outcome::orElseThrow);
	}

	private ColdPublisher<Object> updates(Object[] query) {
		return new ColdPublisher<>(() -> open(query));
	}

	private CompletableFuture<Pipe<Object>> open(Object[] query) {
		return this.calls.begin(
				(connection) -> ((RpcDefinition.Pipe) this.rpc.definition()).rpc().dispatch(connection, query),
				Outcome::orElseThrow);
	}

}
