package io.persistentconn.tcp;

import java.net.SocketAddress;

import io.netty.channel.Channel;

/**
 * Tells the addresses of a server's sockets in the JDK's terms, whatever the transport
 * calls them.
 *
 * @param where gives them their type
 * @param sockets made the channels
 * @param <A> the type of the addresses
 */
record Addresses<A extends SocketAddress>(WhereToListen<A, ?> where, Sockets sockets) {

	A localOf(Channel channel) {
		return this.where.typed(this.sockets.toJdk(channel.localAddress(), isUnix()));
	}

	A remoteOf(Channel channel) {
		return this.where.typed(this.sockets.toJdk(channel.remoteAddress(), isUnix()));
	}

	private boolean isUnix() {
		return this.where instanceof WhereToListen.Unix;
	}

}
