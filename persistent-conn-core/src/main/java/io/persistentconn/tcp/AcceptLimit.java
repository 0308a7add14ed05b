package io.persistentconn.tcp;

import java.util.function.IntSupplier;

import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Tells a listening channel how many clients to accept at a time, exactly. Netty's own
 * limit is not: NIO accepts the whole of it before the first client is seen, and epoll
 * only one. Source: rule T7.
 */
final class AcceptLimit extends DefaultMaxMessagesRecvByteBufAllocator {

	private final IntSupplier limit;

	/**
	 * Creates a limit.
	 * @param limit asked once before each batch
	 */
	AcceptLimit(IntSupplier limit) {
		this.limit = limit;
	}

	@Override
	public CountingHandle newHandle() {
		return new CountingHandle();
	}

	final class CountingHandle extends MaxMessageHandle {

		private int remaining;

		private CountingHandle() {
		}

		@Override
		public void reset(ChannelConfig config) {
			super.reset(config);
			this.remaining = AcceptLimit.this.limit.getAsInt();
		}

		@Override
		public boolean continueReading() {
			// Asked once after each accept.
			return --this.remaining > 0;
		}

		@Override
		public boolean continueReading(UncheckedBooleanSupplier maybeMoreDataSupplier) {
			return continueReading();
		}

		@Override
		public int guess() {
			return 0;
		}

	}

}
