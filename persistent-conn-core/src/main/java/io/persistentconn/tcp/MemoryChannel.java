package io.persistentconn.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection within the process. To its handlers it is a connected TCP
 * socket: its peer pushes back, ends its stream before it closes, and what it sent before
 * it closed can be read after. Netty's own {@code LocalChannel} does none of that.
 * <p>
 * The two ends share nothing. Each belongs to its event loop, and they tell each other
 * {@linkplain MemoryNews news}. What is sent is copied, as the OS does.
 */
final class MemoryChannel extends AbstractChannel implements DuplexChannel {

	/** So many bytes may be on their way, or with the peer and unread. */
	static final int WINDOW = 64 * 1024;

	private static final int MOST_PER_BATCH = 16;

	private static final ChannelMetadata METADATA = new ChannelMetadata(false, MOST_PER_BATCH);

	private final MemorySockets sockets;

	private final ChannelConfig config = new MemoryConfig(this, new AdaptiveRecvByteBufAllocator(),
			() -> this.readPending = false);

	private final MemoryHandle handle = new MemoryHandle(() -> unsafe().close(voidPromise()));

	private final Queue<ByteBuf> received = new ArrayDeque<>();

	private final MemoryNews news = new MemoryNews();

	private @Nullable MemoryChannel peer;

	private volatile @Nullable SocketAddress local;

	private volatile @Nullable SocketAddress remote;

	private volatile boolean open = true;

	private volatile boolean connected;

	private volatile boolean readPending;

	private volatile boolean inputShutdown;

	private volatile boolean outputShutdown;

	private boolean delivering;

	/** The peer will send no more. */
	private boolean peerEnded;

	/** The peer takes no more, either. */
	private boolean peerClosed;

	/** How many bytes were sent that the peer has not read. */
	private int unread;

	/** Whether there is more to send than the peer takes at present. */
	private boolean blocked;

	/** Creates a client's end. */
	MemoryChannel(MemorySockets sockets) {
		super(null);
		this.sockets = sockets;
	}

	/** Creates a server's end. */
	private MemoryChannel(MemoryServerChannel server, MemoryChannel client) {
		super(server);
		this.sockets = client.sockets;
		this.peer = client;
		this.local = server.localAddress();
		this.remote = client.local;
		this.connected = true;
	}

	private void connectTo(SocketAddress remoteAddress, @Nullable SocketAddress localAddress, ChannelPromise promise) {
		MemoryServerChannel server = this.sockets.listeningOn(remoteAddress);
		if (server == null) {
			promise.setFailure(new ConnectException(
					"Connection refused: nobody listens on " + remoteAddress + " in this process"));
			return;
		}
		this.local = this.sockets.localFor(remoteAddress, localAddress);
		this.remote = remoteAddress;
		MemoryChannel accepted = new MemoryChannel(server, this);
		this.peer = accepted;
		this.connected = true;
		server.offer(accepted);
		if (promise.trySuccess()) {
			pipeline().fireChannelActive();
		}
	}

	private void receive(ByteBuf bytes) {
		if (this.open && !this.inputShutdown) {
			this.received.add(bytes);
			deliver();
		}
		else {
			tellRead(bytes.readableBytes());
			bytes.release();
		}
	}

	private void deliver() {
		if (this.delivering) {
			return;
		}
		this.delivering = true;
		while (this.readPending && this.open && !this.inputShutdown) {
			if (!this.received.isEmpty()) {
				deliverBatch();
			}
			else if (this.peerEnded) {
				this.inputShutdown = true;
				pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
				pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
			}
			else {
				break;
			}
		}
		this.delivering = false;
	}

	private void deliverBatch() {
		this.readPending = false;
		int number = 0;
		do {
			ByteBuf next = this.received.remove();
			tellRead(next.readableBytes());
			pipeline().fireChannelRead(next);
			number++;
		}
		while (number < MOST_PER_BATCH && this.config.isAutoRead() && !this.received.isEmpty());
		pipeline().fireChannelReadComplete();
	}

	private void tellRead(int length) {
		MemoryChannel other = Objects.requireNonNull(this.peer);
		other.news.tell(() -> other.peerRead(length));
	}

	private void peerRead(int length) {
		this.unread -= length;
		if (this.unread <= WINDOW / 2) {
			writeOn();
		}
	}

	private void peerEnded() {
		this.peerEnded = true;
		deliver();
	}

	private void peerClosed() {
		this.peerClosed = true;
		writeOn();
		peerEnded();
	}

	private void writeOn() {
		if (this.blocked && this.open) {
			this.blocked = false;
			((MemoryUnsafe) unsafe()).writeOn();
		}
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer messages) throws IOException {
		MemoryChannel other = Objects.requireNonNull(this.peer);
		while (messages.current() instanceof ByteBuf bytes) {
			if (this.peerClosed) {
				throw new IOException("Broken pipe");
			}
			int length = Math.min(bytes.readableBytes(), WINDOW - this.unread);
			if (length == 0 && bytes.isReadable()) {
				this.blocked = true;
				return;
			}
			ByteBuf sent = alloc().buffer(length).writeBytes(bytes, bytes.readerIndex(), length);
			this.unread += length;
			other.news.tell(() -> other.receive(sent));
			messages.removeBytes(length);
		}
	}

	@Override
	protected Object filterOutboundMessage(Object message) {
		if (message instanceof ByteBuf) {
			return message;
		}
		throw new UnsupportedOperationException("message: " + message.getClass().getName() + " (expected: a ByteBuf)");
	}

	@Override
	protected void doBeginRead() {
		this.readPending = true;
		// Never in place: handlers do not expect it.
		eventLoop().execute(this::deliver);
	}

	@Override
	protected void doShutdownOutput() {
		this.outputShutdown = true;
		MemoryChannel other = Objects.requireNonNull(this.peer);
		other.news.tell(other::peerEnded);
	}

	@Override
	protected void doClose() {
		this.open = false;
		this.connected = false;
		this.news.end();
		this.received.forEach(ByteBuf::release);
		this.received.clear();
		MemoryChannel other = this.peer;
		if (other != null) {
			other.news.tell(other::peerClosed);
		}
	}

	@Override
	protected void doDisconnect() {
		doClose();
	}

	@Override
	protected void doBind(SocketAddress address) {
		throw new UnsupportedOperationException("bind (expected: a local address in connect)");
	}

	@Override
	protected void doRegister(ChannelPromise promise) {
		this.handle.register(eventLoop(), () -> this.news.begin(eventLoop()), promise);
	}

	@Override
	protected void doDeregister() {
		this.handle.deregister();
	}

	@Override
	protected boolean isCompatible(EventLoop eventLoop) {
		return MemoryHandle.isCompatible(eventLoop);
	}

	@Override
	protected AbstractUnsafe newUnsafe() {
		return new MemoryUnsafe();
	}

	@Override
	protected @Nullable SocketAddress localAddress0() {
		return this.local;
	}

	@Override
	protected @Nullable SocketAddress remoteAddress0() {
		return this.remote;
	}

	@Override
	public ChannelConfig config() {
		return this.config;
	}

	@Override
	public ChannelMetadata metadata() {
		return METADATA;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isActive() {
		return this.connected;
	}

	@Override
	public boolean isInputShutdown() {
		return this.inputShutdown || !this.connected;
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShutdown || !this.connected;
	}

	@Override
	public boolean isShutdown() {
		return isInputShutdown() && isOutputShutdown();
	}

	@Override
	public ChannelFuture shutdownInput() {
		return shutdownInput(newPromise());
	}

	@Override
	public ChannelFuture shutdownInput(ChannelPromise promise) {
		this.inputShutdown = true;
		return promise.setSuccess();
	}

	@Override
	public ChannelFuture shutdownOutput() {
		return shutdownOutput(newPromise());
	}

	@Override
	public ChannelFuture shutdownOutput(ChannelPromise promise) {
		EventLoop eventLoop = eventLoop();
		if (eventLoop.inEventLoop()) {
			((AbstractUnsafe) unsafe()).shutdownOutput(promise);
		}
		else {
			eventLoop.execute(() -> ((AbstractUnsafe) unsafe()).shutdownOutput(promise));
		}
		return promise;
	}

	@Override
	public ChannelFuture shutdown() {
		return shutdown(newPromise());
	}

	@Override
	public ChannelFuture shutdown(ChannelPromise promise) {
		this.inputShutdown = true;
		return shutdownOutput(promise);
	}

	private final class MemoryUnsafe extends AbstractUnsafe {

		@Override
		public void connect(SocketAddress remoteAddress, @Nullable SocketAddress localAddress, ChannelPromise promise) {
			if (!promise.setUncancellable() || !ensureOpen(promise)) {
				return;
			}
			if (MemoryChannel.this.connected) {
				promise.setFailure(new AlreadyConnectedException());
				return;
			}
			connectTo(remoteAddress, localAddress, promise);
		}

		void writeOn() {
			flush0();
		}

	}

}
