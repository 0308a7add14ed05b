package io.persistentconn.tcp;

import java.util.concurrent.TimeUnit;

import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends the end of our stream, and waits a little for that of the peer. To close at once
 * would answer anything that the peer still sends, or that we have not read, with a
 * reset; and a reset destroys our last bytes if they are still on their way.
 */
final class Farewell {

	private static final long LINGER_MILLIS = 1000;

	private final DuplexChannel channel;

	private final Runnable lingering;

	private final Runnable over;

	private @Nullable Future<?> alarm;

	private boolean cancelled;

	/**
	 * Prepares a farewell. Everything is called on the event loop.
	 * @param channel has nothing more to flush
	 * @param lingering called when the peer was told; from then on what is received is to
	 * be dropped, and the peer's end to {@link #cancel} this
	 * @param over called when the peer had its time, or could not be told
	 */
	Farewell(DuplexChannel channel, Runnable lingering, Runnable over) {
		this.channel = channel;
		this.lingering = lingering;
		this.over = over;
	}

	void begin() {
		SslHandler ssl = this.channel.pipeline().get(SslHandler.class);
		if (ssl != null) {
			ssl.closeOutbound().addListener((told) -> linger());
		}
		else {
			linger();
		}
	}

	void cancel() {
		this.cancelled = true;
		if (this.alarm != null) {
			this.alarm.cancel(false);
		}
	}

	private void linger() {
		if (this.cancelled) {
			return;
		}
		this.lingering.run();
		this.channel.config().setAutoRead(true);
		this.alarm = this.channel.eventLoop().schedule(this.over, LINGER_MILLIS, TimeUnit.MILLISECONDS);
		this.channel.shutdownOutput().addListener((shutdown) -> {
			if (!shutdown.isSuccess()) {
				this.over.run();
			}
		});
	}

}
