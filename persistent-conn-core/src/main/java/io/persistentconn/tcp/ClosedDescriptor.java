package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;

/**
 * Tells when the descriptor of a channel is closed. On NIO that is later than when the
 * channel is: the JDK gives the descriptor back in the first {@code select} after the
 * channel was deregistered, which Netty does in a task of its own after the close.
 */
final class ClosedDescriptor {

	private ClosedDescriptor() {
	}

	/**
	 * Observes a channel without closing it.
	 * @param channel a channel, of any transport, listening or connected
	 * @return a new future that completes, on the event loop, when the OS has the
	 * descriptor back
	 */
	static CompletableFuture<Void> of(Channel channel) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		// An alarm that is due at once runs after the tasks that are queued already, so
		// the first runs after the deregistration; a second one set by it runs in the
		// loop's next turn, so after its next select. A channel that no loop took is not
		// known to any selector.
		channel.closeFuture().addListener((closing) -> {
			boolean deregisters = channel instanceof AbstractNioChannel && channel.isRegistered();
			completeAfter(deregisters ? 2 : 0, channel, closed);
		});
		return closed;
	}

	private static void completeAfter(int turns, Channel channel, CompletableFuture<Void> closed) {
		if (turns == 0 || channel.eventLoop().isShuttingDown()) {
			// A loop that shuts down may not get to its alarms, but closes all
			// descriptors.
			closed.complete(null);
			return;
		}
		try {
			channel.eventLoop().schedule(() -> {
			}, 0, TimeUnit.NANOSECONDS).addListener((alarm) -> {
				completeAfter(alarm.isSuccess() ? turns - 1 : 0, channel, closed);
			});
		}
		catch (RejectedExecutionException ex) {
			// The loop has shut down.
			closed.complete(null);
		}
	}

}
