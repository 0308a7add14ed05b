package io.persistentconn.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The yardstick: what one would write with Netty alone.
 */
final class BareNetty {

	private BareNetty() {
	}

	static EventLoopGroup newGroup(int threads) {
		return new MultiThreadIoEventLoopGroup(threads,
				Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
	}

	static Channel listen(EventLoopGroup group, int backlog, ChannelHandler child) throws InterruptedException {
		return new ServerBootstrap().group(group)
			.channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, backlog)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(child)
			.bind(InetAddress.getLoopbackAddress(), 0)
			.sync()
			.channel();
	}

	static Channel connect(EventLoopGroup group, int port, ChannelHandler handler) throws InterruptedException {
		return new Bootstrap().group(group)
			.channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(handler)
			.connect(InetAddress.getLoopbackAddress(), port)
			.sync()
			.channel();
	}

	static int port(Channel server) {
		return ((InetSocketAddress) server.localAddress()).getPort();
	}

	/** A new echo handler for every client. */
	static ChannelHandler echo() {
		return new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(new Echo());
			}

		};
	}

	private static final class Echo extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			context.write(message, context.voidPromise());
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			context.flush();
		}

	}

}
