package io.persistentconn.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client under test, and a listening socket of the JDK for it to connect to.
 */
public final class Loopback implements AutoCloseable {

	private final NettyTransport transport;

	private final ServerSocketChannel listener;

	private final List<PlainClient> accepted = new ArrayList<>();

	Loopback(ServerKind kind, Path directory) throws IOException {
		this.transport = kind.newTransport();
		ProtocolFamily family = kind.isUnix() ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
		this.listener = ServerSocketChannel.open(family);
		this.listener.bind(kind.isUnix() ? UnixDomainSocketAddress.of(directory.resolve("peer.sock"))
				: new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	public NettyTransport transport() {
		return this.transport;
	}

	TcpClient client() {
		return TcpClient.over(this.transport);
	}

	public WhereToConnect<? extends SocketAddress> where() throws IOException {
		SocketAddress address = this.listener.getLocalAddress();
		return (address instanceof UnixDomainSocketAddress unix) ? WhereToConnect.unix(unix.getPath())
				: WhereToConnect.inet((InetSocketAddress) address);
	}

	int port() throws IOException {
		return ((InetSocketAddress) this.listener.getLocalAddress()).getPort();
	}

	public TcpConnection<?> connect() throws IOException {
		return connect(ConnectOptions.defaults());
	}

	public TcpConnection<?> connect(ConnectOptions options) throws IOException {
		return get(client().connect(where(), options));
	}

	public PlainClient accept() throws IOException {
		PlainClient socket = PlainClient.of(this.listener.accept());
		this.accepted.add(socket);
		return socket;
	}

	/** Stops listening: whoever connects is refused. */
	void refuse() throws IOException {
		this.listener.close();
	}

	/** Waits until the event loops have done what they had to do. */
	public void settle() throws Exception {
		EventLoops.turn(this.transport);
	}

	@Override
	public void close() throws IOException {
		for (PlainClient socket : this.accepted) {
			socket.close();
		}
		this.listener.close();
		get(this.transport.closeAsync());
	}

	/** Waits for a future; fails with its own error. */
	public static <T> T get(CompletableFuture<T> future) {
		try {
			return future.orTimeout(60, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof TimeoutException) {
				throw new AssertionError("Not completed within a minute", ex);
			}
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	/** Waits for a future to fail, and returns the error. */
	public static Throwable failureOf(CompletableFuture<?> future) {
		return get(future.handle((value, error) -> {
			if (error == null) {
				throw new AssertionError("Expected a failure, but got " + value);
			}
			return StageErrors.unwrap(error);
		}));
	}

}
