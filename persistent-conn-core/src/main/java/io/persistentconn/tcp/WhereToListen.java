package io.persistentconn.tcp;

import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The socket that a TCP server listens on. Nothing is looked up or opened here.
 * <p>
 * Source: {@code Where_to_listen} of the seed on TCP, rule T5.
 *
 * @param <A> the type of the addresses of the server and its clients
 * @param <L> what {@link TcpServer#listeningOn()} tells: a port or a path
 */
public sealed interface WhereToListen<A extends SocketAddress, L> extends Serializable {

	/**
	 * A port, on all addresses of the machine.
	 * @param port 0 to 65535; 0 is {@link #portChosenByOs()}
	 * @return where to listen
	 * @throws IllegalArgumentException if the port is out of range
	 */
	static WhereToListen<InetSocketAddress, Integer> port(int port) {
		return inet(BindToAddress.allAddresses(), BindToPort.onPort(port));
	}

	/**
	 * Any free port, on all addresses of the machine. {@link TcpServer#listeningOn()}
	 * tells which; a server that starts again is given another.
	 * @return where to listen
	 */
	static WhereToListen<InetSocketAddress, Integer> portChosenByOs() {
		return inet(BindToAddress.allAddresses(), BindToPort.chosenByOs());
	}

	/**
	 * An address and a port.
	 * @param address the address
	 * @param port the port
	 * @return where to listen
	 */
	static WhereToListen<InetSocketAddress, Integer> inet(BindToAddress address, BindToPort port) {
		return new Inet(address, port);
	}

	/**
	 * A unix socket. Its directory must exist when the server starts. A file that an
	 * earlier server left there, and to which nobody listens, is replaced; the file is
	 * removed when the server stops.
	 * @param path the socket's file, at most 106 bytes
	 * @return where to listen
	 * @throws IllegalArgumentException if the path is empty or too long
	 */
	static WhereToListen<UnixDomainSocketAddress, Path> unix(Path path) {
		return new Unix(UnixDomainSocketAddress.of(path));
	}

	/**
	 * The address to bind to.
	 * @return an address of the JDK; its port is 0 if the OS chooses
	 */
	A bindAddress();

	/**
	 * Gives an address of a socket made from this its type.
	 * @param address the address of the server or of a client
	 * @return the same address
	 */
	A typed(SocketAddress address);

	/**
	 * Takes the port or path out of the address that the server got.
	 * @param bound what the server is bound to
	 * @return the port or path
	 */
	L listeningOn(A bound);

	/**
	 * An inet address and port.
	 *
	 * @param address the address
	 * @param port the port
	 */
	record Inet(BindToAddress address, BindToPort port) implements WhereToListen<InetSocketAddress, Integer> {

		@Override
		public InetSocketAddress bindAddress() {
			return this.address.withPort(this.port.port());
		}

		@Override
		public InetSocketAddress typed(SocketAddress address) {
			return (InetSocketAddress) address;
		}

		@Override
		public Integer listeningOn(InetSocketAddress bound) {
			return bound.getPort();
		}

		@Override
		public String toString() {
			InetSocketAddress bound = bindAddress();
			return bound.getAddress().getHostAddress() + ":"
					+ (this.port.isChosenByOs() ? "(port chosen by OS)" : this.port.port());
		}

	}

	/**
	 * A unix socket.
	 *
	 * @param address the path of the socket's file
	 */
	record Unix(UnixDomainSocketAddress address) implements WhereToListen<UnixDomainSocketAddress, Path> {

		/**
		 * What the JDK and all platforms take: {@code sun_path} has 108 bytes on Linux.
		 */
		private static final int MAX_BYTES = 106;

		/**
		 * Creates a place to listen on.
		 * @param address the path of the socket's file
		 * @throws IllegalArgumentException if the path is empty or too long
		 */
		public Unix {
			int bytes = address.toString().getBytes(StandardCharsets.UTF_8).length;
			if (bytes == 0 || bytes > MAX_BYTES) {
				throw new IllegalArgumentException(
						"path: \"" + address + "\", " + bytes + " bytes (expected: 1 to " + MAX_BYTES + " bytes)");
			}
		}

		@Override
		public UnixDomainSocketAddress bindAddress() {
			return this.address;
		}

		@Override
		public UnixDomainSocketAddress typed(SocketAddress address) {
			return (UnixDomainSocketAddress) address;
		}

		@Override
		public Path listeningOn(UnixDomainSocketAddress bound) {
			return bound.getPath();
		}

		@Override
		public String toString() {
			return "unix:" + this.address;
		}

	}

}
