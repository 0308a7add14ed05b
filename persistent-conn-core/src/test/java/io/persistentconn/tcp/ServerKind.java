package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.file.Path;

import io.netty.channel.epoll.Epoll;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every rule of the server must hold on.
 */
public enum ServerKind {

	NIO_INET, NIO_UNIX, EPOLL_INET, EPOLL_UNIX;

	boolean isNio() {
		return this == NIO_INET || this == NIO_UNIX;
	}

	boolean isUnix() {
		return this == NIO_UNIX || this == EPOLL_UNIX;
	}

	/** Three event loops, so that clients are and are not on the server's. */
	NettyTransport newTransport() {
		if (isNio()) {
			return NettyTransport.nio(3, "nio-test");
		}
		assumeTrue(Epoll.isAvailable(), "epoll is not available on this platform");
		return NettyTransport.epoll(3, "epoll-test");
	}

	/** A port chosen by the OS, or a socket file in the directory. */
	WhereToListen<SocketAddress, Object> where(Path directory) {
		return isUnix() ? untyped(WhereToListen.unix(directory.resolve("s"))) : localPort(0);
	}

	static WhereToListen<SocketAddress, Object> localPort(int port) {
		return untyped(WhereToListen.inet(BindToAddress.localhost(), BindToPort.onPort(port)));
	}

	@SuppressWarnings("unchecked")
	private static WhereToListen<SocketAddress, Object> untyped(WhereToListen<?, ?> where) {
		return (WhereToListen<SocketAddress, Object>) where;
	}

}
