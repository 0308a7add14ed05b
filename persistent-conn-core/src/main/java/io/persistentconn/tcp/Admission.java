package io.persistentconn.tcp;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Decides whether a server lets another client in, and counts what became of those who
 * came. Decisions are made on the server's event loop; the rest is for any thread.
 * Source: rules T7 and T8.
 */
final class Admission {

	private final int maxConnections;

	private final int maxAcceptsPerBatch;

	private final Overload overload;

	/** How many clients there are. */
	private final IntSupplier connections;

	private volatile boolean dropping;

	final LongAdder accepted = new LongAdder();

	final LongAdder rejected = new LongAdder();

	final LongAdder handlerErrors = new LongAdder();

	final LongAdder limitReached = new LongAdder();

	final LongAdder failedAccepts = new LongAdder();

	Admission(TcpServerOptions<?, ?> options, IntSupplier connections) {
		this.maxConnections = options.maxConnections;
		this.maxAcceptsPerBatch = options.maxAcceptsPerBatch;
		this.overload = options.overload;
		this.dropping = options.dropIncomingConnections;
		this.connections = connections;
	}

	/** How many clients to accept from the operating system now; 0 is not to ask it. */
	int batch() {
		int free = this.maxConnections - this.connections.getAsInt();
		if (free > 0) {
			return Math.min(free, this.maxAcceptsPerBatch);
		}
		return (this.overload == Overload.REJECT) ? this.maxAcceptsPerBatch : 0;
	}

	/** Whether the client that was just accepted may stay. */
	boolean admits() {
		return !this.dropping && !isFull();
	}

	boolean isFull() {
		return this.connections.getAsInt() >= this.maxConnections;
	}

	boolean isDropping() {
		return this.dropping;
	}

	void setDropping(boolean dropping) {
		this.dropping = dropping;
	}

	TcpServerCounters counters() {
		return new TcpServerCounters(this.accepted.sum(), this.rejected.sum(), this.handlerErrors.sum(),
				this.limitReached.sum(), this.failedAccepts.sum());
	}

}
