package io.persistentconn.benchmarks;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import org.jspecify.annotations.Nullable;

/**
 * What one would write with Netty's own handlers: frames of our wire, an echo of those
 * that begin with 0, and a stream for one that begins with 1, until the client closes; 2
 * subscribes to a state, and 3 asks for a push of it to all subscribers.
 */
final class BareNettyRpc implements RpcClient {

	private static final int LENGTH_SIZE = 8;

	private static final int MAX_LENGTH = 1024 * 1024;

	private static final byte ECHO = 0;

	private static final byte STREAM = 1;

	private static final byte SUBSCRIBE = 2;

	private static final byte PUSH = 3;

	private final EventLoopGroup group = BareNetty.newGroup(1);

	private final int port;

	BareNettyRpc(int port) {
		this.port = port;
	}

	static int listen() throws InterruptedException {
		return BareNetty.port(BareNetty.listen(BareNetty.newGroup(1), 16, new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				framed(channel, new Server());
			}

		}));
	}

	@Override
	public void call(int outstanding, Meter meter) throws InterruptedException {
		Channel channel = connect(new Caller(meter));
		channel.eventLoop().execute(() -> {
			for (int i = 0; i < outstanding; i++) {
				channel.writeAndFlush(frame(channel, RpcClient.CALL_SIZE), channel.voidPromise());
			}
		});
	}

	@Override
	public void stream(int size, Meter meter) throws InterruptedException {
		Channel channel = connect(new StreamReader(meter));
		ByteBuf request = channel.alloc().ioBuffer().writeLongLE(5).writeByte(STREAM).writeInt(size);
		channel.writeAndFlush(request, channel.voidPromise());
	}

	@Override
	public void push(int subscribers, Meter meter) throws InterruptedException {
		Channel channel = connect(new Subscribers(subscribers, meter));
		channel.eventLoop().execute(() -> {
			for (int i = 0; i < subscribers; i++) {
				channel.write(command(channel, SUBSCRIBE), channel.voidPromise());
			}
			channel.flush();
		});
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private Channel connect(ChannelHandler handler) throws InterruptedException {
		return BareNetty.connect(this.group, this.port, new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				framed(channel, handler);
			}

		});
	}

	private static void framed(Channel channel, ChannelHandler handler) {
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addLast(new FlushConsolidationHandler(256, true));
		pipeline.addLast(new LengthFieldBasedFrameDecoder(ByteOrder.LITTLE_ENDIAN, MAX_LENGTH, 0, LENGTH_SIZE, 0,
				LENGTH_SIZE, true));
		pipeline.addLast(handler);
	}

	private static ByteBuf frame(Channel channel, int size) {
		return channel.alloc().ioBuffer(LENGTH_SIZE + size).writeLongLE(size).writeByte(ECHO).writeZero(size - 1);
	}

	private static ByteBuf command(Channel channel, byte command) {
		return channel.alloc().ioBuffer().writeLongLE(1).writeByte(command);
	}

	private static final class Server extends SimpleChannelInboundHandler<ByteBuf> {

		/** Of the messages of the stream; 0 if there is none. */
		private int size;

		private int subscribers;

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			switch (message.getByte(message.readerIndex())) {
				case STREAM -> {
					this.size = message.getInt(message.readerIndex() + 1);
					sendStream(context.channel());
				}
				case SUBSCRIBE -> {
					this.subscribers++;
					push(context, 1);
				}
				case PUSH -> push(context, this.subscribers);
				default -> echo(context, message);
			}
		}

		private static void echo(ChannelHandlerContext context, ByteBuf message) {
			int length = message.readableBytes();
			ByteBuf echo = context.alloc().ioBuffer(LENGTH_SIZE + length).writeLongLE(length).writeBytes(message);
			context.writeAndFlush(echo, context.voidPromise());
		}

		private static void push(ChannelHandlerContext context, int times) {
			for (int i = 0; i < times; i++) {
				context.writeAndFlush(frame(context.channel(), RpcClient.PUSH_SIZE), context.voidPromise());
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			if (this.size > 0 && context.channel().isWritable()) {
				sendStream(context.channel());
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

		private void sendStream(Channel channel) {
			while (channel.isWritable()) {
				channel.write(frame(channel, this.size), channel.voidPromise());
			}
			channel.flush();
		}

	}

	private static final class Caller extends SimpleChannelInboundHandler<ByteBuf> {

		private final Meter meter;

		Caller(Meter meter) {
			this.meter = meter;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {
			if (this.meter.count()) {
				context.writeAndFlush(frame(context.channel(), RpcClient.CALL_SIZE), context.voidPromise());
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.meter.fail(cause);
		}

	}

	private static final class Subscribers extends SimpleChannelInboundHandler<ByteBuf> {

		private final int subscribers;

		private final Meter meter;

		private @Nullable PushCounter counter;

		Subscribers(int subscribers, Meter meter) {
			this.subscribers = subscribers;
			this.meter = meter;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			this.counter = new PushCounter(this.subscribers, this.meter,
					() -> context.writeAndFlush(command(context.channel(), PUSH), context.voidPromise()));
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			Objects.requireNonNull(this.counter).delivered();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.meter.fail(cause);
		}

	}

	private static final class StreamReader extends SimpleChannelInboundHandler<ByteBuf> {

		private final Meter meter;

		StreamReader(Meter meter) {
			this.meter = meter;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
			if (!this.meter.count()) {
				context.close();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.meter.fail(cause);
		}

	}

}
