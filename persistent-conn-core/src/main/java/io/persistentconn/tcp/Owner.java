package io.persistentconn.tcp;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.EventLoop;

/**
 * The event loop of a server. Once it has shut down, and all sockets with it, what is
 * left to do is done where it comes up, so that every future completes.
 *
 * @param eventLoop the event loop
 */
record Owner(EventLoop eventLoop) implements Executor {

	/** Whether the event loop has shut down, and closed all sockets on it. */
	boolean isGone() {
		return this.eventLoop.isShutdown();
	}

	@Override
	public void execute(Runnable task) {
		try {
			this.eventLoop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			synchronized (this) {
				task.run();
			}
		}
	}

}
