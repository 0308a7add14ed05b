package io.persistentconn.sample;

import java.util.Optional;

/**
 * How a process and its machine are at one moment. What a platform does not tell is
 * empty.
 *
 * @param pid the process
 * @param processCpu the share of its processors that the process uses, 0 to 1
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
record Vitals(long pid, Optional<Double> processCpu, Optional<Double> machineCpu, Optional<Double> load, long heapUsed,
		long heapCommitted, Optional<Long> heapMax, int threads, long gcCount, long gcMillis, long uptimeMillis) {
}
