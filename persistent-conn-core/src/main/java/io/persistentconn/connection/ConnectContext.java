package io.persistentconn.connection;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Connector} may know about its attempt, and do to it. May be used from any
 * thread. Source: rules C8 and C9.
 */
public interface ConnectContext {

	/**
	 * How many attempts have failed since the last connection, or since the start.
	 * @return 0 on the first attempt; a success resets it
	 */
	int consecutiveUnsuccessfulAttemptsSoFar();

	/**
	 * Ends retrying and reconnecting for good. The attempt itself goes on: if it fails,
	 * the persistent connection is closed; if it succeeds, it is closed once that
	 * connection is. Calls after the first are ignored.
	 * @param error why, for those who wait for a connection
	 */
	void abort(Throwable error);

	/**
	 * Completes when the outcome of the attempt is no longer wanted, because the
	 * persistent connection is being closed or paused. A connector that listens releases
	 * its resources sooner.
	 * @return a stage that completes normally at that time, or never
	 */
	CompletionStage<Void> interrupt();

}
