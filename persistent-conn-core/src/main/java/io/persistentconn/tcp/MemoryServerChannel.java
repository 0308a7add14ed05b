package io.persistentconn.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Listens within the process. As with sockets, clients are connected before they are
 * accepted; any number of them may wait for that.
 */
final class MemoryServerChannel extends AbstractServerChannel {

	private final MemorySockets sockets;

	private final ChannelConfig config = new MemoryConfig(this, new ServerChannelRecvByteBufAllocator(),
			() -> this.readPending = false);

	private final MemoryHandle handle = new MemoryHandle(() -> unsafe().close(voidPromise()));

	private final Queue<MemoryChannel> backlog = new ArrayDeque<>();

	private volatile @Nullable SocketAddress local;

	private volatile boolean open = true;

	private volatile boolean readPending;

	private boolean accepting;

	MemoryServerChannel(MemorySockets sockets) {
		this.sockets = sockets;
	}

	/** Takes a client, or closes it. Called by any thread. */
	void offer(MemoryChannel client) {
		try {
			eventLoop().execute(() -> {
				if (this.open) {
					this.backlog.add(client);
					accept();
				}
				else {
					client.unsafe().closeForcibly();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			client.unsafe().closeForcibly();
		}
	}

	private void accept() {
		if (this.accepting) {
			return;
		}
		this.accepting = true;
		while (this.readPending && !this.backlog.isEmpty()) {
			this.readPending = false;
			var limit = unsafe().recvBufAllocHandle();
			limit.reset(this.config);
			do {
				pipeline().fireChannelRead(this.backlog.remove());
			}
			while (!this.backlog.isEmpty() && limit.continueReading());
			limit.readComplete();
			pipeline().fireChannelReadComplete();
		}
		this.accepting = false;
	}

	@Override
	protected void doBeginRead() {
		this.readPending = true;
		eventLoop().execute(this::accept);
	}

	@Override
	protected void doBind(SocketAddress address) throws IOException {
		this.local = this.sockets.listen(address, this);
	}

	@Override
	protected void doClose() {
		this.open = false;
		this.sockets.forget(this);
		this.backlog.forEach((client) -> client.unsafe().closeForcibly());
		this.backlog.clear();
	}

	@Override
	protected void doRegister(ChannelPromise promise) {
		this.handle.register(eventLoop(), () -> {
		}, promise);
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
	protected @Nullable SocketAddress localAddress0() {
		return this.local;
	}

	@Override
	public ChannelConfig config() {
		return this.config;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isActive() {
		return this.open && this.local != null;
	}

}
