package io.persistentconn.autoconfigure.netty;

import io.netty.channel.EventLoopGroup;
import io.persistentconn.autoconfigure.properties.NettyProperties.Transport;
import io.persistentconn.tcp.NettyTransport;
import org.jspecify.annotations.Nullable;

/**
 * Builds the transport of an application. Not thread safe.
 */
public final class NettyTransportBuilder {

	private Transport transport = Transport.AUTO;

	private int threads;

	private String threadNamePrefix = "persistent-conn";

	private @Nullable EventLoopGroup eventLoopGroup;

	/**
	 * Begins with the defaults.
	 */
	public NettyTransportBuilder() {
	}

	/**
	 * Sets the kind of sockets. Default: {@link Transport#AUTO}.
	 * @param transport the kind
	 * @return this builder
	 */
	public NettyTransportBuilder transport(Transport transport) {
		this.transport = transport;
		return this;
	}

	/**
	 * Sets the number of event loops. Default: 0, twice the number of processors.
	 * @param threads the number
	 * @return this builder
	 */
	public NettyTransportBuilder threads(int threads) {
		this.threads = threads;
		return this;
	}

	/**
	 * Sets what the names of the threads begin with. Default: {@code persistent-conn}.
	 * @param prefix the beginning
	 * @return this builder
	 */
	public NettyTransportBuilder threadNamePrefix(String prefix) {
		this.threadNamePrefix = prefix;
		return this;
	}

	/**
	 * Uses event loops that exist already, instead of all the above.
	 * @param group driven by NIO or epoll; its owner closes it
	 * @return this builder
	 */
	public NettyTransportBuilder eventLoopGroup(EventLoopGroup group) {
		this.eventLoopGroup = group;
		return this;
	}

	/**
	 * Builds the transport.
	 * @return a transport that its caller closes
	 * @throws IllegalArgumentException if the number of threads is negative, or the event
	 * loops are driven by something else
	 * @throws IllegalStateException if epoll cannot be used here
	 */
	public NettyTransport build() {
		if (this.eventLoopGroup != null) {
			return NettyTransport.over(this.eventLoopGroup);
		}
		return switch (this.transport) {
			case AUTO -> NettyTransport.auto(this.threads, this.threadNamePrefix);
			case NIO -> NettyTransport.nio(this.threads, this.threadNamePrefix);
			case EPOLL -> NettyTransport.epoll(this.threads, this.threadNamePrefix);
		};
	}

}
