package io.persistentconn.tcp;

import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The socket that a TCP client should connect to, and optionally the local address to
 * connect from.
 * <p>
 * Source: {@code Tcp.Where_to_connect} of the seed on TCP, rule T1.
 *
 * @param <A> the type of the addresses of both ends
 */
public sealed interface WhereToConnect<A extends SocketAddress> extends Serializable {

	/**
	 * A host and port. The name is looked up anew on every connect, and all its addresses
	 * are tried in turn.
	 * @param hostAndPort the host and port; port 0 is no place to connect to
	 * @return where to connect
	 * @throws IllegalArgumentException if the port is 0
	 */
	static WhereToConnect<InetSocketAddress> hostAndPort(HostAndPort hostAndPort) {
		return new Host(hostAndPort, null);
	}

	/**
	 * A host and port. The name is looked up anew on every connect, and all its addresses
	 * are tried in turn.
	 * @param host a host name or address
	 * @param port 1 to 65535
	 * @return where to connect
	 * @throws IllegalArgumentException if the host is blank or the port out of range
	 */
	static WhereToConnect<InetSocketAddress> hostAndPort(String host, int port) {
		return hostAndPort(new HostAndPort(host, port));
	}

	/**
	 * An address. If it is {@linkplain InetSocketAddress#isUnresolved() unresolved} its
	 * host name is looked up on every connect.
	 * @param address the address; port 0 is no place to connect to
	 * @return where to connect
	 * @throws IllegalArgumentException if the port is 0
	 */
	static WhereToConnect<InetSocketAddress> inet(InetSocketAddress address) {
		if (address.isUnresolved()) {
			return hostAndPort(address.getHostString(), address.getPort());
		}
		return new Inet(address, null);
	}

	/**
	 * A unix socket.
	 * @param path the socket's file
	 * @return where to connect
	 */
	static WhereToConnect<UnixDomainSocketAddress> unix(Path path) {
		return new Unix(UnixDomainSocketAddress.of(path), null);
	}

	/**
	 * Connects from a local address.
	 * @param local the address to bind to; for inet, port 0 leaves the port, and the
	 * wildcard address the interface, to the OS
	 * @return the same place, reached from there
	 */
	WhereToConnect<A> bindTo(A local);

	/**
	 * The local address to bind to before connecting.
	 * @return the address, or {@code null} to leave it to the OS
	 */
	@Nullable A localAddress();

	/**
	 * A host and port.
	 *
	 * @param hostAndPort the host, looked up on every connect, and the port
	 * @param localAddress the local address to bind to, or {@code null}
	 */
	record Host(HostAndPort hostAndPort,
			@Nullable InetSocketAddress localAddress) implements WhereToConnect<InetSocketAddress> {

		/**
		 * Creates a place to connect to.
		 * @param hostAndPort the host and port
		 * @param localAddress the local address to bind to, or {@code null}
		 * @throws IllegalArgumentException if the port is 0
		 */
		public Host {
			checkPort(hostAndPort.port());
		}

		@Override
		public WhereToConnect<InetSocketAddress> bindTo(InetSocketAddress local) {
			return new Host(this.hostAndPort, local);
		}

		@Override
		public String toString() {
			return withLocal(this.hostAndPort.toString(), this.localAddress);
		}

	}

	/**
	 * A resolved inet address.
	 *
	 * @param address the address
	 * @param localAddress the local address to bind to, or {@code null}
	 */
	record Inet(InetSocketAddress address,
			@Nullable InetSocketAddress localAddress) implements WhereToConnect<InetSocketAddress> {

		/**
		 * Creates a place to connect to.
		 * @param address the address
		 * @param localAddress the local address to bind to, or {@code null}
		 * @throws IllegalArgumentException if the address is unresolved or its port is 0
		 */
		public Inet {
			if (address.isUnresolved()) {
				throw new IllegalArgumentException("address: " + address + " (expected: a resolved one)");
			}
			checkPort(address.getPort());
		}

		@Override
		public WhereToConnect<InetSocketAddress> bindTo(InetSocketAddress local) {
			return new Inet(this.address, local);
		}

		@Override
		public String toString() {
			return withLocal(this.address.toString(), this.localAddress);
		}

	}

	/**
	 * A unix socket.
	 *
	 * @param address its path
	 * @param localAddress the local path to bind to, or {@code null}
	 */
	record Unix(UnixDomainSocketAddress address,
			@Nullable UnixDomainSocketAddress localAddress) implements WhereToConnect<UnixDomainSocketAddress> {

		@Override
		public WhereToConnect<UnixDomainSocketAddress> bindTo(UnixDomainSocketAddress local) {
			return new Unix(this.address, local);
		}

		@Override
		public String toString() {
			return withLocal("unix:" + this.address, this.localAddress);
		}

	}

	private static void checkPort(int port) {
		if (port == 0) {
			throw new IllegalArgumentException("port: 0 (expected: 1 to 65535)");
		}
	}

	private static String withLocal(String text, @Nullable SocketAddress local) {
		return (local != null) ? text + " from " + local : text;
	}

}
