package io.persistentconn.autoconfigure.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

import org.opentest4j.TestAbortedException;

import static java.net.InetAddress.getAllByName;

/**
 * The loopback address of IPv6, where there is one.
 */
public final class Ipv6 {

	private Ipv6() {
	}

	/** Listens on any port, or aborts the test. */
	public static ServerSocketChannel listen() throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		try {
			return channel.bind(new InetSocketAddress(getAllByName("::1")[0], 0));
		}
		catch (IOException ex) {
			channel.close();
			throw new TestAbortedException("This machine has no IPv6 loopback address", ex);
		}
	}

}
