package io.persistentconn.tcp;

import java.net.SocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * One of Netty's ways to the operating system's sockets, or what stands in for them. To
 * the rest of this package an address is always that of the JDK: an
 * {@link java.net.InetSocketAddress} or a {@link java.net.UnixDomainSocketAddress}.
 */
interface Sockets {

	/** Says which way this is, in lower case. */
	String name();

	/** Whether this goes past the operating system: past its files and name servers. */
	default boolean isInMemory() {
		return false;
	}

	/** Drives the event loops that the channels made here can be registered with. */
	IoHandlerFactory newIoHandlerFactory();

	/** Makes an unregistered channel that can connect to an address of this kind. */
	Channel newClientChannel(SocketAddress remote);

	/** Makes an unregistered channel that can be bound to an address of this kind. */
	ServerChannel newServerChannel(SocketAddress local);

	/** The option that lets several sockets listen on one port. */
	ChannelOption<Boolean> reusePort();

	/** Turns an address of the JDK into what the channels made here take. */
	SocketAddress toNetty(SocketAddress address);

	/**
	 * Turns what a channel made here calls its address into one of the JDK.
	 * @param unix whether the channel is a unix socket, whose peer mostly has no name
	 */
	SocketAddress toJdk(@Nullable SocketAddress address, boolean unix);

}
