package io.persistentconn.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A client that owes nothing to the code under test: a blocking socket of the JDK.
 */
public final class PlainClient implements AutoCloseable {

	private final SocketChannel channel;

	private PlainClient(SocketChannel channel) {
		this.channel = channel;
	}

	static PlainClient connect(TcpServer<?, ?> server) throws IOException {
		return connect(server.listeningOnAddress());
	}

	static PlainClient connect(SocketAddress address) throws IOException {
		return new PlainClient(SocketChannel.open(address));
	}

	static PlainClient of(SocketChannel connected) {
		return new PlainClient(connected);
	}

	public SocketChannel channel() {
		return this.channel;
	}

	PlainClient send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	public PlainClient send(byte[] bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			this.channel.write(buffer);
		}
		return this;
	}

	/** Waits for so many bytes, or for the end. */
	public String receive(int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		int read = 0;
		while (buffer.hasRemaining() && read >= 0) {
			read = this.channel.read(buffer);
		}
		return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
	}

	/** Waits until the server closes. */
	public String receiveToEnd() throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
		while (this.channel.read(buffer) >= 0) {
			received.write(buffer.array(), 0, buffer.position());
			buffer.clear();
		}
		return received.toString(StandardCharsets.UTF_8);
	}

	/** Waits until the server closes the connection, in an orderly way or not. */
	void awaitClosed() {
		try {
			receiveToEnd();
		}
		catch (IOException ex) {
			// Reset: closed, too.
		}
	}

	/** Closes in the middle of a test. */
	public void disconnect() throws IOException {
		close();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
