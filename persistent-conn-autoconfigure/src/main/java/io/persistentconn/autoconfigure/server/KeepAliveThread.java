package io.persistentconn.autoconfigure.server;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the virtual machine alive while servers listen, for the event loops are daemons
 * and an application without web server has no other thread.
 */
final class KeepAliveThread {

	private @Nullable CountDownLatch end;

	synchronized void start() {
		if (this.end != null) {
			return;
		}
		CountDownLatch latch = new CountDownLatch(1);
		this.end = latch;
		Thread thread = new Thread(() -> await(latch), "persistent-conn-keep-alive");
		thread.setDaemon(false);
		thread.start();
	}

	synchronized void stop() {
		if (this.end != null) {
			this.end.countDown();
			this.end = null;
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
