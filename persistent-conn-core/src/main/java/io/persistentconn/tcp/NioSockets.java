package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the JDK, on every platform.
 */
final class NioSockets implements Sockets {

	@Override
	public String name() {
		return "nio";
	}

	@Override
	public IoHandlerFactory newIoHandlerFactory() {
		return NioIoHandler.newFactory();
	}

	@Override
	public Channel newClientChannel(SocketAddress remote) {
		return (remote instanceof UnixDomainSocketAddress) ? new NioDomainSocketChannel() : new NioSocketChannel();
	}

	@Override
	public ServerChannel newServerChannel(SocketAddress local) {
		return (local instanceof UnixDomainSocketAddress) ? new NioServerDomainSocketChannel()
				: new NioServerSocketChannel();
	}

	@Override
	public ChannelOption<Boolean> reusePort() {
		return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
	}

	@Override
	public SocketAddress toNetty(SocketAddress address) {
		return address;
	}

	@Override
	public SocketAddress toJdk(@Nullable SocketAddress address, boolean unix) {
		return unix ? Objects.requireNonNullElse(address, UnixDomainSocketAddress.of(""))
				: Objects.requireNonNull(address);
	}

}
