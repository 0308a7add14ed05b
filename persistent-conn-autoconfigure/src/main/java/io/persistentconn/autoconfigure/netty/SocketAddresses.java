package io.persistentconn.autoconfigure.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.netty.util.NetUtil;

/**
 * Writes addresses as people and tools do.
 */
public final class SocketAddresses {

	private SocketAddresses() {
	}

	/**
	 * Writes the address of a socket.
	 * @param address the address
	 * @return {@code host:port}, {@code [ipv6]:port} in its short form, or a path
	 */
	public static String format(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? NetUtil.toSocketAddressString(inet) : address.toString();
	}

}
