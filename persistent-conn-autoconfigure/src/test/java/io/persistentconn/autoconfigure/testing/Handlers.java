package io.persistentconn.autoconfigure.testing;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.tcp.ChunkResult;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpReader;

/**
 * Handlers of clients for tests of servers.
 */
public final class Handlers {

	private Handlers() {
	}

	/** Sends back what it receives. */
	public static TcpHandler<SocketAddress> echo() {
		return (client, reader, writer) -> reader.transferTo(writer);
	}

	/** Greets, and then lets the client be until it closes. */
	public static TcpHandler<SocketAddress> greet(String greeting) {
		return (client, reader, writer) -> {
			writer.write(greeting);
			return untilPeerCloses(reader);
		};
	}

	/** Reads and forgets. */
	public static CompletableFuture<Void> untilPeerCloses(TcpReader reader) {
		return reader.forEachChunk((chunk) -> {
			chunk.skipBytes(chunk.readableBytes());
			return ChunkResult.more();
		});
	}

	/** Greets, and is done. */
	public static TcpHandler<SocketAddress> greetAndLeave(String greeting) {
		return (client, reader, writer) -> {
			writer.write(greeting);
			return CompletableFuture.completedFuture(null);
		};
	}

}
