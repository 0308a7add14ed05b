package io.persistentconn.autoconfigure.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * A server that owes nothing to the code under test: a listening socket of the JDK on the
 * loopback address.
 */
public final class Listener implements AutoCloseable {

	private final ServerSocketChannel channel;

	private final int port;

	private Listener(int port, int backlog) {
		try {
			this.channel = ServerSocketChannel.open();
			this.channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
			this.port = ((InetSocketAddress) this.channel.getLocalAddress()).getPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static Listener open() {
		return new Listener(0, 0);
	}

	public static Listener withBacklog(int backlog) {
		return new Listener(0, backlog);
	}

	/** A port on which nobody listens. */
	public static String nobody() {
		try (Listener listener = open()) {
			return listener.address();
		}
	}

	/** What to put into {@code addresses}. */
	public String address() {
		return "127.0.0.1:" + this.port;
	}

	public InetSocketAddress socketAddress() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	/** Waits for a client. */
	public Peer accept() {
		try {
			return Peer.of(this.channel.accept());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
