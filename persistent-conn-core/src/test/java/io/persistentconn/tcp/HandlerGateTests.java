package io.persistentconn.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T10")
@Timeout(60)
class HandlerGateTests {

	private final HandlerGate gate = new HandlerGate();

	@Test
	void aShutGateLetsNobodyIn() {
		assertThat(this.gate.enter()).isTrue();
		this.gate.leave();
		assertThat(this.gate.quiet()).isNotDone();
		this.gate.shut();
		assertThat(this.gate.quiet()).isCompleted();
		assertThat(this.gate.enter()).isFalse();
		this.gate.shut();
		assertThat(this.gate.enter()).isFalse();
	}

	@Test
	void itIsQuietWhenTheLastHasLeft() {
		this.gate.enter();
		this.gate.enter();
		this.gate.shut();
		assertThat(this.gate.quiet()).isNotDone();
		this.gate.leave();
		assertThat(this.gate.enter()).isFalse();
		assertThat(this.gate.quiet()).isNotDone();
		this.gate.leave();
		assertThat(this.gate.quiet()).isCompleted();
	}

	@RepeatedTest(20)
	void nobodyIsInsideOnceItIsQuiet() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicBoolean quiet = new AtomicBoolean();
		AtomicInteger tooLate = new AtomicInteger();
		CountDownLatch started = new CountDownLatch(3);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			threads.add(new Thread(() -> {
				started.countDown();
				while (this.gate.enter()) {
					inside.incrementAndGet();
					if (quiet.get()) {
						tooLate.incrementAndGet();
					}
					inside.decrementAndGet();
					this.gate.leave();
				}
			}));
		}
		threads.forEach(Thread::start);
		started.await();
		this.gate.quiet().thenRun(() -> {
			quiet.set(true);
			tooLate.addAndGet(inside.get());
		});
		this.gate.shut();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.gate.quiet()).isCompleted();
		assertThat(tooLate).hasValue(0);
	}

}
