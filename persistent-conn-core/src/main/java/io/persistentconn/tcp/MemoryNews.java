package io.persistentconn.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a connection within the process is told by the other: tasks for its
 * event loop, in order, which wait while it has none yet. Thread safe.
 */
final class MemoryNews {

	private final List<Runnable> early = new ArrayList<>();

	private @Nullable EventLoop owner;

	private boolean closed;

	/** Runs a task as soon as there is an event loop; at once if nobody else runs. */
	void tell(Runnable news) {
		EventLoop present;
		synchronized (this) {
			present = this.owner;
			if (present == null && !this.closed) {
				this.early.add(news);
				return;
			}
		}
		if (present == null || !execute(present, news)) {
			news.run();
		}
	}

	private static boolean execute(EventLoop eventLoop, Runnable news) {
		try {
			eventLoop.execute(news);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// It has ended, and its channels with it.
			return false;
		}
	}

	/** There is an event loop, which calls this. */
	void begin(EventLoop eventLoop) {
		synchronized (this) {
			this.owner = eventLoop;
		}
		runEarly();
	}

	/** The channel is closed; it may not have had an event loop, and then gets none. */
	void end() {
		synchronized (this) {
			this.closed = true;
		}
		runEarly();
	}

	/** Nobody adds any more. */
	private void runEarly() {
		List<Runnable> waiting = List.copyOf(this.early);
		this.early.clear();
		waiting.forEach(Runnable::run);
	}

}
