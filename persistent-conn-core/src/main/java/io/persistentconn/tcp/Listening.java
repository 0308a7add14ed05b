package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One period in which a server listens.
 *
 * @param <A> the type of the addresses
 */
final class Listening<A extends SocketAddress> {

	final Channel channel;

	final A address;

	/** Through this the handler is called for the clients accepted in this period. */
	final HandlerGate gate;

	/**
	 * Completes when the descriptor is closed and no call of the handler is under way.
	 */
	final CompletableFuture<Void> finished = new CompletableFuture<>();

	/** Why it ended, if the server was not told to stop. */
	@Nullable Throwable error;

	Listening(Channel channel, A address, HandlerGate gate) {
		this.channel = channel;
		this.address = address;
		this.gate = gate;
	}

}
