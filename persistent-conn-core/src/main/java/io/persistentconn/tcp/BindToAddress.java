package io.persistentconn.tcp;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Which of the machine's addresses a server listens on. Source: {@code Bind_to_address}
 * of the seed on TCP.
 */
public sealed interface BindToAddress extends Serializable {

	/**
	 * Every address of the machine.
	 * @return the wildcard address
	 */
	static BindToAddress allAddresses() {
		return new AllAddresses();
	}

	/**
	 * The loopback address only: unreachable from other machines.
	 * @return the loopback address
	 */
	static BindToAddress localhost() {
		return new Localhost();
	}

	/**
	 * One address of the machine.
	 * @param address the address
	 * @return that address
	 */
	static BindToAddress address(InetAddress address) {
		return new Address(address);
	}

	/**
	 * Completes the address with a port.
	 * @param port 0 to 65535; 0 lets the OS choose
	 * @return what to bind to
	 */
	InetSocketAddress withPort(int port);

	/**
	 * Every address of the machine.
	 */
	record AllAddresses() implements BindToAddress {

		@Override
		public InetSocketAddress withPort(int port) {
			return new InetSocketAddress(port);
		}

	}

	/**
	 * The loopback address.
	 */
	record Localhost() implements BindToAddress {

		@Override
		public InetSocketAddress withPort(int port) {
			return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		}

	}

	/**
	 * One address of the machine.
	 *
	 * @param address the address
	 */
	record Address(InetAddress address) implements BindToAddress {

		@Override
		public InetSocketAddress withPort(int port) {
			return new InetSocketAddress(this.address, port);
		}

	}

}
