package io.persistentconn.autoconfigure.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.tcp.TcpServer;

/**
 * The other side of a connection, which owes nothing to the code under test: a blocking
 * socket of the JDK.
 */
public final class Peer implements AutoCloseable {

	private final SocketChannel channel;

	private Peer(SocketChannel channel) {
		this.channel = channel;
	}

	/** Connects to a server, over loopback if it listens on a port. */
	public static Peer of(TcpServer<?, ?> server) {
		return (server.listeningOn() instanceof Integer port) ? to(new InetSocketAddress("localhost", port))
				: to(server.listeningOnAddress());
	}

	public static Peer to(SocketAddress address) {
		try {
			return new Peer(SocketChannel.open(address));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A client that a server of the JDK has accepted. */
	public static Peer of(SocketChannel accepted) {
		return new Peer(accepted);
	}

	public SocketChannel channel() {
		return this.channel;
	}

	public Peer send(String text) {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	public Peer send(byte[] bytes) {
		try {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				this.channel.write(buffer);
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends in a thread of its own, for when that may block for ever. */
	public CompletableFuture<Void> sendInBackground(byte[] bytes) {
		return CompletableFuture.runAsync(() -> send(bytes), (task) -> new Thread(task).start());
	}

	/** Waits for so many characters of ASCII, or for the end. */
	public String receive(int length) {
		try {
			ByteBuffer buffer = ByteBuffer.allocate(length);
			int read = 0;
			while (buffer.hasRemaining() && read >= 0) {
				read = this.channel.read(buffer);
			}
			return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until the other side closes, in an orderly way or not. */
	public void awaitClosed() {
		try {
			ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
			while (this.channel.read(buffer) >= 0) {
				buffer.clear();
			}
		}
		catch (IOException ex) {
			// Reset: closed, too.
		}
	}

	/** Closes with a reset, so that nothing lingers. */
	public void reset() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		close();
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
