package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the handlers of a server are called through, on the event loops of many clients,
 * until whoever closes the server shuts it, on any thread. Shutting waits for nobody;
 * {@link #quiet()} tells when the last call that had begun has returned. Source: "the
 * handler will never be called after close", rule T10.
 */
final class HandlerGate {

	private static final int SHUT = Integer.MIN_VALUE;

	/** How many calls are under way; plus {@link #SHUT}. */
	private final AtomicInteger calls = new AtomicInteger();

	private final CompletableFuture<Void> quiet = new CompletableFuture<>();

	/** Asks whether the handler may be called. If so, {@link #leave()} must follow. */
	boolean enter() {
		return this.calls.getAndUpdate((calls) -> (calls < 0) ? calls : calls + 1) >= 0;
	}

	void leave() {
		if (this.calls.decrementAndGet() == SHUT) {
			this.quiet.complete(null);
		}
	}

	void shut() {
		if (this.calls.getAndUpdate((calls) -> calls | SHUT) == 0) {
			this.quiet.complete(null);
		}
	}

	boolean isShut() {
		return this.calls.get() < 0;
	}

	/** Completes when the gate is shut and no call is under way. */
	CompletableFuture<Void> quiet() {
		return this.quiet;
	}

}
