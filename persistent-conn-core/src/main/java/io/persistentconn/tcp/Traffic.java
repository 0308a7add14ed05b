package io.persistentconn.tcp;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of a connection, or of all clients of a server. The sums may be asked
 * for from any thread.
 */
final class Traffic {

	private @Nullable Traffic total;

	private final LongAdder bytesRead = new LongAdder();

	private final LongAdder bytesWritten = new LongAdder();

	/** Lets another one count the same bytes. To be called before there are any. */
	void countInto(Traffic total) {
		this.total = total;
	}

	void read(long bytes) {
		this.bytesRead.add(bytes);
		if (this.total != null) {
			this.total.read(bytes);
		}
	}

	void written(long bytes) {
		this.bytesWritten.add(bytes);
		if (this.total != null) {
			this.total.written(bytes);
		}
	}

	long bytesRead() {
		return this.bytesRead.sum();
	}

	long bytesWritten() {
		return this.bytesWritten.sum();
	}

}
