package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Handlers of clients for tests of the server.
 */
final class TestHandlers {

	private TestHandlers() {
	}

	/** Sends back what it receives, until the client closes. */
	static <A extends SocketAddress> TcpSockHandler<A> echo() {
		return (client, socket) -> {
			socket.pipeline().addLast(new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext context, Object message) {
					context.writeAndFlush(message);
				}

			});
			return closed(socket);
		};
	}

	/** Lets clients be until they close. */
	static <A extends SocketAddress> TcpSockHandler<A> hold() {
		return (client, socket) -> closed(socket);
	}

	/** Completes when a socket is closed, be it by a reset. */
	static CompletableFuture<Void> closed(Channel socket) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		socket.closeFuture().addListener((future) -> closed.complete(null));
		ignoreResets(socket);
		return closed;
	}

	/** Keeps Netty from logging that a client is gone. */
	static void ignoreResets(Channel socket) {
		socket.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
				context.close();
			}

		});
	}

}
