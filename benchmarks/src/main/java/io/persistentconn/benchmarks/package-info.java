/**
 * Comparisons with bare Netty doing the same work, interleaved in one run, since absolute
 * figures say little on a shared machine.
 */
@NullMarked
package io.persistentconn.benchmarks;

import org.jspecify.annotations.NullMarked;
