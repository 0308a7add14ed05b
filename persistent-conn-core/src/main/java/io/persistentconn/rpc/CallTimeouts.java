package io.persistentconn.rpc;

import java.time.Duration;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Fails the calls over one connection that are not answered in time. As all have the same
 * time, those that wait make a list in the order of their deadlines, and one alarm, for
 * the first of them, is enough. Used on the owner of the connection. Source: rule R12.
 */
final class CallTimeouts {

	private final RpcConnection connection;

	private final TimeSource timeSource;

	private final Duration timeout;

	private @Nullable Deadline first;

	private @Nullable Deadline last;

	/** Set for the first deadline, or one before it. */
	private @Nullable Cancellable alarm;

	CallTimeouts(RpcConnection connection, TimeSource timeSource, Duration timeout) {
		this.connection = connection;
		this.timeSource = timeSource;
		this.timeout = timeout;
	}

	/** A call was sent. */
	void begin(OpenCall<?> call) {
		Deadline added = new Deadline(call, this.timeSource.nanoTime() + this.timeout.toNanos());
		Deadline before = this.last;
		added.previous = before;
		if (before != null) {
			before.next = added;
		}
		else {
			this.first = added;
		}
		this.last = added;
		call.deadline(added);
		if (this.alarm == null) {
			this.alarm = this.timeSource.schedule(this.timeout, this::ring);
		}
	}

	/** A call has ended, perhaps one without a deadline. */
	void end(OpenCall<?> call) {
		Deadline ended = call.deadline();
		if (ended != null) {
			remove(ended);
		}
	}

	/** The connection has closed. */
	void stop() {
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		this.first = null;
		this.last = null;
	}

	private void ring() {
		long now = this.timeSource.nanoTime();
		for (Deadline due = this.first; due != null && due.at - now <= 0; due = this.first) {
			remove(due);
			if (!due.call.isDone()) {
				due.call.completeExceptionally(new RpcTimeoutException(due.call.rpc(), this.connection, this.timeout));
			}
		}
		Deadline next = this.first;
		this.alarm = (next != null) ? this.timeSource.schedule(Duration.ofNanos(next.at - now), this::ring) : null;
	}

	private void remove(Deadline removed) {
		removed.call.deadline(null);
		Deadline previous = removed.previous;
		Deadline next = removed.next;
		if (previous != null) {
			previous.next = next;
		}
		else {
			this.first = next;
		}
		if (next != null) {
			next.previous = previous;
		}
		else {
			this.last = previous;
		}
	}

	/** When a call has to be answered, and its neighbours in the list. */
	static final class Deadline {

		private final OpenCall<?> call;

		private final long at;

		private @Nullable Deadline previous;

		private @Nullable Deadline next;

		Deadline(OpenCall<?> call, long at) {
			this.call = call;
			this.at = at;
		}

	}

}
