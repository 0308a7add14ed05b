package io.persistentconn.autoconfigure.testing;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.persistentconn.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the sockets that a server accepts, and at how many at a time.
 */
public final class Accepted extends ChannelInboundHandlerAdapter {

	private final BlockingQueue<Channel> sockets = new LinkedBlockingQueue<>();

	private final AtomicInteger biggestBatch = new AtomicInteger();

	private int batch;

	private Accepted() {
	}

	public static Accepted by(TcpServer<?, ?> server) {
		Accepted accepted = new Accepted();
		Channel listening = server.listeningSocket();
		listening.pipeline().addFirst(accepted);
		settle(listening);
		return accepted;
	}

	/** The next socket, once it is set up. */
	public Channel next() {
		try {
			Channel socket = this.sockets.poll(60, TimeUnit.SECONDS);
			assertThat(socket).as("an accepted socket").isNotNull();
			settle(socket);
			return socket;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Waits until the event loop has done what it was told before. */
	private static void settle(Channel channel) {
		CompletableFuture<Void> settled = new CompletableFuture<>();
		channel.eventLoop().execute(() -> settled.complete(null));
		settled.join();
	}

	public int biggestBatch() {
		return this.biggestBatch.get();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.biggestBatch.accumulateAndGet(++this.batch, Math::max);
		context.fireChannelRead(message);
		this.sockets.add((Channel) message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.batch = 0;
		context.fireChannelReadComplete();
	}

}
