package io.persistentconn.sample;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a process and its machine are at one moment. One line of JSON on the wire. What a
 * platform does not tell is {@code null}.
 *
 * @param at when, by the clock of the node
 * @param pid the process
 * @param processors how many the process may use
 * @param processCpu the share of them that the process uses, 0 to 1
 * @param machineCpu the share of the machine's that all processes use, 0 to 1
 * @param load how many threads of the machine run or wait to, on average over the last
 * minute
 * @param heapUsed bytes of the heap in use, garbage included
 * @param heapCommitted bytes that the heap occupies
 * @param heapMax bytes that it may grow to
 * @param threads live threads
 * @param gcCount garbage collections so far
 * @param gcMillis time spent in them so far
 * @param uptimeMillis time since the process started
 */
record Vitals(Instant at, long pid, int processors, @Nullable Double processCpu, @Nullable Double machineCpu,
		@Nullable Double load, long heapUsed, long heapCommitted, @Nullable Long heapMax, int threads, long gcCount,
		long gcMillis, long uptimeMillis) {

	Vitals {
		Objects.requireNonNull(at, "at");
	}

}
