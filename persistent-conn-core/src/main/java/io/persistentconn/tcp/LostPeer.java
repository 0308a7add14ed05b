package io.persistentconn.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.ChannelOutputShutdownException;
import org.jspecify.annotations.Nullable;

/**
 * Says in our terms why the OS ended a connection. Keep-alive and user timeout both end
 * it with "timed out", or with the last complaint of the network, such as "no route to
 * host", so the state of the socket must tell which it was. On NIO nothing tells: a
 * timeout is put down to keep-alive, if that is set.
 */
final class LostPeer {

	private LostPeer() {
	}

	/**
	 * Explains an error of reading or writing.
	 * @param channel not closed yet, if its socket is to be asked
	 * @param bytesToWrite whether there are bytes that the OS has not taken
	 * @param error what the transport reported
	 */
	static TcpConnectionException explain(Channel channel, SocketAddress peer, Liveness liveness, boolean bytesToWrite,
			Throwable error) {
		// Netty shuts the output down when a write has failed, and reports that.
		Throwable cause = (error instanceof ChannelOutputShutdownException)
				? Objects.requireNonNullElse(error.getCause(), error) : error;
		if (!isTimeout(cause)) {
			return new ConnectionResetException(peer, "broke: " + cause, cause);
		}
		Boolean unacknowledged = unacknowledged(channel);
		boolean midTraffic = bytesToWrite || Boolean.TRUE.equals(unacknowledged);
		if (midTraffic && liveness.userTimeout() != null) {
			return new UserTimeoutException(peer,
					"was lost: bytes were not acknowledged within " + liveness.userTimeout(), cause);
		}
		KeepAlive keepAlive = liveness.keepAlive();
		if (keepAlive != null && (!midTraffic || unacknowledged == null)) {
			return new KeepAliveTimeoutException(peer, "was lost: while it was idle, " + keepAlive + " got no answer",
					cause);
		}
		return new ConnectionResetException(peer, "was lost: the OS gave up sending again", cause);
	}

	private static boolean isTimeout(Throwable cause) {
		String message = cause.getMessage();
		return cause instanceof IOException && message != null
				&& (message.contains("Connection timed out") || message.contains("No route to host")
						|| message.contains("Network is unreachable") || message.contains("Host is unreachable"));
	}

	private static @Nullable Boolean unacknowledged(Channel channel) {
		return LivenessOptions.isEpoll(channel) ? Epoll.unacknowledged(channel) : null;
	}

	/** Loaded only for an epoll channel. */
	private static final class Epoll {

		/**
		 * Whether the OS was sending bytes when it gave up, and not just probing: it sent
		 * some again, or, if for want of a route it could not send them once, tried more
		 * recently than it heard from the peer. All this survives the end of the
		 * connection, until the descriptor is closed.
		 */
		static @Nullable Boolean unacknowledged(Channel channel) {
			if (!(channel instanceof EpollSocketChannel tcp)) {
				return null;
			}
			try {
				EpollTcpInfo info = tcp.tcpInfo();
				return info.retransmits() > 0 || info.lastDataSent() < info.lastAckRecv();
			}
			catch (ChannelException ex) {
				return null;
			}
		}

	}

}
