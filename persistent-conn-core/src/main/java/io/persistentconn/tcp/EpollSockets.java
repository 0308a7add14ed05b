package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * Linux's sockets without the JDK between. Netty's artifact for them is optional: who
 * loads this class must be prepared for a {@link LinkageError}.
 */
final class EpollSockets implements Sockets {

	/**
	 * Finds out whether epoll can be used.
	 * @throws LinkageError if it cannot
	 */
	static Sockets load() {
		Epoll.ensureAvailability();
		return new EpollSockets();
	}

	/** Whether the event loops of a group are driven by epoll. */
	static boolean drives(IoEventLoopGroup group) {
		return group.isIoType(EpollIoHandler.class);
	}

	@Override
	public String name() {
		return "epoll";
	}

	@Override
	public IoHandlerFactory newIoHandlerFactory() {
		return EpollIoHandler.newFactory();
	}

	@Override
	public Channel newClientChannel(SocketAddress remote) {
		return (remote instanceof UnixDomainSocketAddress) ? new EpollDomainSocketChannel() : new EpollSocketChannel();
	}

	@Override
	public ServerChannel newServerChannel(SocketAddress local) {
		return (local instanceof UnixDomainSocketAddress) ? new EpollServerDomainSocketChannel()
				: new EpollServerSocketChannel();
	}

	@Override
	public ChannelOption<Boolean> reusePort() {
		return UnixChannelOption.SO_REUSEPORT;
	}

	@Override
	public SocketAddress toNetty(SocketAddress address) {
		return (address instanceof UnixDomainSocketAddress unix) ? new DomainSocketAddress(unix.getPath().toString())
				: address;
	}

	@Override
	public SocketAddress toJdk(@Nullable SocketAddress address, boolean unix) {
		if (!unix) {
			return Objects.requireNonNull(address);
		}
		return UnixDomainSocketAddress.of((address instanceof DomainSocketAddress named) ? named.path() : "");
	}

}
