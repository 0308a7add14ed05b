package io.persistentconn.tcp;

import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.local.LocalIoHandle;
import org.jspecify.annotations.Nullable;

/**
 * Makes a channel within the process known to its event loop, which closes it when it
 * shuts down, and otherwise has nothing to tell.
 */
final class MemoryHandle implements LocalIoHandle {

	private final Runnable close;

	private @Nullable IoRegistration registration;

	/**
	 * Creates a handle.
	 * @param close closes the channel, on its event loop
	 */
	MemoryHandle(Runnable close) {
		this.close = close;
	}

	static boolean isCompatible(EventLoop eventLoop) {
		return eventLoop instanceof IoEventLoop loop && loop.isCompatible(MemoryHandle.class);
	}

	void register(EventLoop eventLoop, Runnable registered, ChannelPromise promise) {
		((IoEventLoop) eventLoop).register(this).addListener((registering) -> {
			if (registering.isSuccess()) {
				this.registration = (IoRegistration) registering.getNow();
				registered.run();
				promise.setSuccess();
			}
			else {
				promise.setFailure(registering.cause());
			}
		});
	}

	void deregister() {
		IoRegistration present = this.registration;
		if (present != null) {
			this.registration = null;
			present.cancel();
		}
	}

	@Override
	public void handle(IoRegistration registration, IoEvent event) {
		// There are none.
	}

	@Override
	public void close() {
		this.close.run();
	}

	@Override
	public void closeNow() {
		this.close.run();
	}

}
