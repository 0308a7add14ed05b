package io.persistentconn.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The end of the pipeline: passes what happens on the channel to the connection.
 */
final class ChannelEvents extends ChannelInboundHandlerAdapter {

	private final ConnectionLife life;

	private final Inbound inbound;

	private final TcpWriter writer;

	ChannelEvents(ConnectionLife life, Inbound inbound, TcpWriter writer) {
		this.life = life;
		this.inbound = inbound;
		this.writer = writer;
	}

	/** The connection of a channel, or {@code null} if it is a bare socket. */
	static @Nullable ConnectionLife lifeOf(Channel channel) {
		ChannelEvents events = channel.pipeline().get(ChannelEvents.class);
		return (events != null) ? events.life : null;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.writer.enterReadBatch();
			this.inbound.received(bytes);
		}
		else {
			ReferenceCountUtil.release(message);
			this.life.broke(new IllegalStateException(
					"A handler passed on a " + message.getClass().getName() + " (expected: a ByteBuf)"));
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.writer.leaveReadBatch();
		HalfClosure.atReadComplete(context.channel());
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
			this.life.inputEnded();
		}
		else if (event instanceof ChannelInputShutdownEvent || event instanceof ChannelInputShutdownReadComplete) {
			SslHandler ssl = context.pipeline().get(SslHandler.class);
			if (ssl == null) {
				this.life.inputEnded();
			}
			else {
				// In a later task, for the TLS handler may pass on its last bytes in one.
				context.executor().execute(() -> inputEnded(ssl));
			}
		}
		context.fireUserEventTriggered(event);
	}

	private void inputEnded(SslHandler ssl) {
		if (ssl.engine().isInboundDone()) {
			this.life.inputEnded();
		}
		else {
			this.life.inputCutOff();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.life.broke(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.life.channelClosed();
		context.fireChannelInactive();
	}

	@Override
	public void channelUnregistered(ChannelHandlerContext context) {
		// A channel that was never active does not become inactive.
		this.life.channelClosed();
		context.fireChannelUnregistered();
	}

}
