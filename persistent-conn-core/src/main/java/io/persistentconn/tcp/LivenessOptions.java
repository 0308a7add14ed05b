package io.persistentconn.tcp;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import jdk.net.ExtendedSocketOptions;

/**
 * Sets the socket options behind {@link Liveness}.
 */
final class LivenessOptions {

	private LivenessOptions() {
	}

	/**
	 * Refuses what a transport cannot do, before anything is opened.
	 * @param unix whether it is for unix sockets, where nothing is set
	 * @throws IllegalArgumentException if there is a user timeout, and the transport is
	 * not epoll
	 */
	static void check(NettyTransport transport, boolean unix, Liveness liveness) {
		if (liveness.userTimeout() != null && !unix && !transport.name().equals("epoll")) {
			throw new IllegalArgumentException(
					"userTimeout: " + liveness.userTimeout() + " (expected: none on the " + transport.name()
							+ " transport, which cannot set TCP_USER_TIMEOUT; use epoll, or readIdleTimeout)");
		}
	}

	/** Sets the options on a channel, unless it is a unix socket. */
	static void set(Channel channel, Liveness liveness) {
		if (!(channel instanceof SocketChannel)) {
			return;
		}
		KeepAlive keepAlive = liveness.keepAlive();
		Duration userTimeout = liveness.userTimeout();
		boolean epoll = isEpoll(channel);
		if (keepAlive != null) {
			set(channel, ChannelOption.SO_KEEPALIVE, true);
			set(channel, epoll ? EpollOptions.KEEP_IDLE : NioOptions.KEEP_IDLE, (int) keepAlive.idle().toSeconds());
			set(channel, epoll ? EpollOptions.KEEP_INTERVAL : NioOptions.KEEP_INTERVAL,
					(int) keepAlive.interval().toSeconds());
			set(channel, epoll ? EpollOptions.KEEP_COUNT : NioOptions.KEEP_COUNT, keepAlive.count());
		}
		if (userTimeout != null && epoll) {
			set(channel, EpollOptions.USER_TIMEOUT, (int) userTimeout.toMillis());
		}
	}

	/** By name, for the class may be missing. */
	static boolean isEpoll(Channel channel) {
		return channel.getClass().getName().startsWith("io.netty.channel.epoll.");
	}

	private static <T> void set(Channel channel, ChannelOption<T> option, T value) {
		if (!channel.config().setOption(option, value)) {
			throw new UnsupportedOperationException(option + " is not supported by " + channel);
		}
	}

	private static final class NioOptions {

		static final ChannelOption<Integer> KEEP_IDLE = NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);

		static final ChannelOption<Integer> KEEP_INTERVAL = NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL);

		static final ChannelOption<Integer> KEEP_COUNT = NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT);

	}

	private static final class EpollOptions {

		static final ChannelOption<Integer> KEEP_IDLE = EpollChannelOption.TCP_KEEPIDLE;

		static final ChannelOption<Integer> KEEP_INTERVAL = EpollChannelOption.TCP_KEEPINTVL;

		static final ChannelOption<Integer> KEEP_COUNT = EpollChannelOption.TCP_KEEPCNT;

		static final ChannelOption<Integer> USER_TIMEOUT = EpollChannelOption.TCP_USER_TIMEOUT;

	}

}
