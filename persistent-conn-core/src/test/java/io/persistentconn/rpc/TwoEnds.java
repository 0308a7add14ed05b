package io.persistentconn.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.transport.MemoryTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both ends of an RPC connection in virtual time.
 */
final class TwoEnds {

	final VirtualTimeSource time = new VirtualTimeSource();

	final MemoryTransport.Pair transports = MemoryTransport.pair(this.time, this.time);

	private final CompletableFuture<RpcConnection> establishingClient;

	private final CompletableFuture<RpcConnection> establishingServer;

	TwoEnds(RpcOptions client, RpcOptions server) {
		this.establishingServer = RpcConnection.establish(this.transports.second(), server);
		this.establishingClient = RpcConnection.establish(this.transports.first(), client);
		this.time.run();
	}

	/** A client with the default options. */
	static TwoEnds serving(Implementation... implementations) {
		return new TwoEnds(RpcOptions.defaults(),
				RpcOptions.defaults().withImplementations(Implementations.of(implementations)));
	}

	/** Both ends speak at most this version. */
	static TwoEnds serving(int version, Implementation... implementations) {
		return new TwoEnds(RpcOptions.defaults().withMaxProtocolVersion(version),
				RpcOptions.defaults().withImplementations(Implementations.of(implementations)));
	}

	RpcConnection client() {
		return done(this.establishingClient);
	}

	RpcConnection server() {
		return done(this.establishingServer);
	}

	CompletableFuture<RpcConnection> establishingClient() {
		return this.establishingClient;
	}

	CompletableFuture<RpcConnection> establishingServer() {
		return this.establishingServer;
	}

	/** Lets everything happen that needs no time, and returns the value of a future. */
	<T> T done(CompletableFuture<T> future) {
		this.time.run();
		assertThat(future).isDone();
		return future.join();
	}

	/** Lets everything happen that needs no time, and returns why a call failed. */
	RpcError errorOf(CompletableFuture<?> call) {
		return ((RpcException) failureOf(call)).error();
	}

	Throwable failureOf(CompletableFuture<?> future) {
		this.time.run();
		assertThat(future).isCompletedExceptionally();
		return future.handle((value, error) -> (error instanceof CompletionException) ? error.getCause() : error)
			.join();
	}

	void advance(Duration duration) {
		this.time.advanceBy(duration);
	}

}
