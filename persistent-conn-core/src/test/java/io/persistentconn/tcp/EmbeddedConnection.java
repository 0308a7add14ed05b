package io.persistentconn.tcp;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * A connection without a socket, in frozen time, all in the thread of the test. The OS is
 * played by the test: it says what is received, and when what is written is taken.
 */
public final class EmbeddedConnection implements AutoCloseable {

	static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("peer", 7);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Os os = new Os();

	private final TcpConnection<InetSocketAddress> connection;

	EmbeddedConnection(ConnectionSettings settings, EofPolicy eofPolicy) {
		this(settings, eofPolicy, ByteBufAllocator.DEFAULT);
	}

	private EmbeddedConnection(ConnectionSettings settings, EofPolicy eofPolicy, ByteBufAllocator allocator) {
		this.channel.freezeTime();
		this.channel.config().setAllocator(allocator);
		this.channel.pipeline().addLast(this.os);
		this.connection = TcpConnection.attach(this.channel, PEER, InetSocketAddress.createUnresolved("here", 8),
				settings, eofPolicy);
	}

	public static EmbeddedConnection ofClient() {
		return new EmbeddedConnection(ConnectionSettings.DEFAULT, EofPolicy.CLOSE);
	}

	public static EmbeddedConnection ofClient(ConnectOptions options) {
		return new EmbeddedConnection(options.connectionSettings(), EofPolicy.CLOSE);
	}

	public static EmbeddedConnection ofServer() {
		return new EmbeddedConnection(ConnectionSettings.DEFAULT, EofPolicy.STAY_HALF_OPEN);
	}

	public static EmbeddedConnection ofServer(ByteBufAllocator allocator) {
		return new EmbeddedConnection(ConnectionSettings.DEFAULT, EofPolicy.STAY_HALF_OPEN, allocator);
	}

	public TcpConnection<InetSocketAddress> connection() {
		return this.connection;
	}

	TcpReader reader() {
		return this.connection.reader();
	}

	TcpWriter writer() {
		return this.connection.writer();
	}

	public EmbeddedChannel channel() {
		return this.channel;
	}

	/** Each is one receive, all of them one batch. */
	EmbeddedConnection receive(String... texts) {
		return receive(Stream.of(texts).map((text) -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
	}

	/** Each is one receive, all of them one batch. */
	public EmbeddedConnection receive(byte[]... chunks) {
		Object[] messages = new Object[chunks.length];
		for (int i = 0; i < chunks.length; i++) {
			messages[i] = this.channel.alloc().directBuffer(chunks[i].length).writeBytes(chunks[i]);
		}
		this.channel.writeInbound(messages);
		return run();
	}

	/** The peer will send no more. */
	public EmbeddedConnection receiveEnd() {
		this.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		return run();
	}

	public EmbeddedConnection run() {
		this.channel.runPendingTasks();
		return this;
	}

	public EmbeddedConnection advanceBy(Duration duration) {
		this.channel.advanceTimeBy(duration.toNanos(), TimeUnit.NANOSECONDS);
		this.channel.runScheduledPendingTasks();
		return run();
	}

	public boolean isReading() {
		return this.channel.config().isAutoRead();
	}

	/** How many writes the channel was given, and not taken. */
	int writesHeld() {
		return this.os.held.size();
	}

	public int flushes() {
		return this.os.flushes;
	}

	/** From now on the OS takes nothing by itself. */
	public EmbeddedConnection holdWrites() {
		this.os.holding = true;
		return this;
	}

	/** The OS takes the oldest write. */
	public String take() {
		Held held = this.os.held.remove();
		String text = held.bytes.toString(StandardCharsets.UTF_8);
		held.bytes.release();
		held.promise.setSuccess();
		run();
		return text;
	}

	/** The oldest write fails. */
	public void fail(Throwable error) {
		Held held = this.os.held.remove();
		held.bytes.release();
		held.promise.setFailure(error);
		run();
	}

	/** All that was written and taken. */
	String written() {
		return new String(writtenBytes(), StandardCharsets.UTF_8);
	}

	/** All that was written and taken. */
	public byte[] writtenBytes() {
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		for (ByteBuf bytes = this.channel.readOutbound(); bytes != null; bytes = this.channel.readOutbound()) {
			written.writeBytes(ByteBufUtil.getBytes(bytes));
			bytes.release();
		}
		return written.toByteArray();
	}

	@Override
	public void close() {
		for (Held held : this.os.held) {
			held.bytes.release();
		}
		this.os.held.clear();
		this.connection.closeByForce();
		run();
		this.channel.finishAndReleaseAll();
	}

	private record Held(ByteBuf bytes, ChannelPromise promise) {
	}

	private static final class Os extends ChannelOutboundHandlerAdapter {

		private final ArrayDeque<Held> held = new ArrayDeque<>();

		private boolean holding;

		private int flushes;

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			if (this.holding) {
				this.held.add(new Held((ByteBuf) message, promise));
			}
			else {
				super.write(context, message, promise);
			}
		}

		@Override
		public void flush(ChannelHandlerContext context) throws Exception {
			this.flushes++;
			super.flush(context);
		}

	}

}
