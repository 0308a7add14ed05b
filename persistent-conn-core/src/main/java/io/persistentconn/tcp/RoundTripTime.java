package io.persistentconn.tcp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * Asks the OS how long bytes take to a peer and back. It measures that of all TCP
 * connections, but tells it to epoll only.
 */
final class RoundTripTime {

	private RoundTripTime() {
	}

	static Optional<Duration> of(Channel channel) {
		return (LivenessOptions.isEpoll(channel) && channel.isActive()) ? Epoll.of(channel) : Optional.empty();
	}

	/** Loaded only for an epoll channel. */
	private static final class Epoll {

		static Optional<Duration> of(Channel channel) {
			if (!(channel instanceof EpollSocketChannel tcp)) {
				return Optional.empty();
			}
			try {
				return Optional.of(Duration.of(tcp.tcpInfo().rtt(), ChronoUnit.MICROS));
			}
			catch (ChannelException ex) {
				// Closed meanwhile.
				return Optional.empty();
			}
		}

	}

}
