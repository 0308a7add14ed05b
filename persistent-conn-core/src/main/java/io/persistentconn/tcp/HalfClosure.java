package io.persistentconn.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;

/**
 * Keeps a channel open for writing when its peer will send no more.
 */
final class HalfClosure {

	private HalfClosure() {
	}

	static void allow(Channel channel) {
		channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
	}

	/**
	 * To be called at the end of every read batch. A unix socket over NIO has the option,
	 * but Netty (4.2.17) does not heed it and is about to close the channel at the end of
	 * the stream: it looks for a {@code SocketChannelConfig}, which that channel has not.
	 * It does not close a channel whose input was shut down before, and says so by
	 * {@code ChannelInputShutdownReadComplete}.
	 */
	static void atReadComplete(Channel channel) {
		if (channel instanceof NioDomainSocketChannel unix && unix.isActive() && !unix.isInputShutdown()
				&& unix.unsafe().recvBufAllocHandle().lastBytesRead() < 0) {
			unix.shutdownInput();
		}
	}

}
