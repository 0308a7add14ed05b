package io.persistentconn.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class NonBlockingThreadTests {

	@Test
	void anEventLoopThreadMustNotWait() {
		CompletableFuture<Throwable> refusal = CompletableFuture
			.runAsync(() -> NonBlockingThread.check("awaitConnected"), (task) -> new EventLoopThread(task).start())
			.handle((ignored, failure) -> failure.getCause());
		assertThat(refusal.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(IllegalStateException.class)
			.hasMessage("awaitConnected would block the event loop thread loop-1");
	}

	@Test
	void otherThreadsMay() {
		assertThatNoException().isThrownBy(() -> NonBlockingThread.check("awaitConnected"));
	}

	private static final class EventLoopThread extends Thread implements NonBlockingThread {

		EventLoopThread(Runnable task) {
			super(task, "loop-1");
		}

	}

}
