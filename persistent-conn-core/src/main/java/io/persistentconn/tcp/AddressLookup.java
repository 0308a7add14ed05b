package io.persistentconn.tcp;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Looks host names up where that may block.
 *
 * @param resolver how
 * @param executor where; on a fork-join pool, a spare thread stands in for the one that
 * waits
 */
record AddressLookup(AddressResolver resolver, Executor executor) {

	/** Returns a new future, which fails if there is no address. */
	CompletableFuture<List<InetAddress>> lookUp(String host) {
		Lookup lookup = new Lookup(this.resolver, host);
		try {
			this.executor.execute(lookup);
		}
		catch (RuntimeException ex) {
			// The executor is shut down or overloaded.
			lookup.future.completeExceptionally(ex);
		}
		return lookup.future;
	}

	private static final class Lookup implements Runnable, ForkJoinPool.ManagedBlocker {

		private final CompletableFuture<List<InetAddress>> future = new CompletableFuture<>();

		private final AddressResolver resolver;

		private final String host;

		Lookup(AddressResolver resolver, String host) {
			this.resolver = resolver;
			this.host = host;
		}

		@Override
		public void run() {
			try {
				ForkJoinPool.managedBlock(this);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				this.future.completeExceptionally(ex);
			}
		}

		@Override
		public boolean block() {
			try {
				this.future.complete(this.resolver.resolve(this.host));
			}
			catch (Throwable ex) {
				this.future.completeExceptionally(ex);
			}
			return true;
		}

		@Override
		public boolean isReleasable() {
			return this.future.isDone();
		}

	}

}
