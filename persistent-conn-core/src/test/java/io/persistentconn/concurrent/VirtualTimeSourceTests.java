package io.persistentconn.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class VirtualTimeSourceTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final List<String> log = new ArrayList<>();

	@Test
	void timePassesOnlyWhenToldTo() {
		assertThat(this.time.nanoTime()).isZero();
		assertThat(this.time.instant()).isEqualTo(Instant.EPOCH);
		this.time.advanceBy(SECOND);
		assertThat(this.time.nanoTime()).isEqualTo(1_000_000_000);
		assertThat(this.time.instant()).isEqualTo(Instant.EPOCH.plusSeconds(1));
		this.time.run();
		assertThat(this.time.nanoTime()).isEqualTo(1_000_000_000);
	}

	@Test
	void tasksRunInOrderWhenTimeIsRun() {
		this.time.execute(() -> {
			log("a");
			this.time.execute(() -> log("c"));
		});
		this.time.execute(() -> log("b"));
		assertThat(this.log).isEmpty();
		this.time.run();
		assertThat(this.log).containsExactly("0 a", "0 b", "0 c");
	}

	@Test
	void anAlarmFiresAtItsTimeAndNotANanosecondBefore() {
		this.time.schedule(SECOND, () -> log("alarm"));
		this.time.advanceBy(SECOND.minusNanos(1));
		assertThat(this.log).isEmpty();
		assertThat(this.time.pendingAlarms()).isOne();
		this.time.advanceBy(Duration.ofNanos(1));
		assertThat(this.log).containsExactly("1000000000 alarm");
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void alarmsFireInTheOrderOfTheirTimeAndThenInThatOfTheirSetting() {
		this.time.schedule(Duration.ofNanos(2), () -> log("c"));
		this.time.schedule(Duration.ofNanos(1), () -> log("a"));
		this.time.schedule(Duration.ofNanos(2), () -> log("d"));
		this.time.schedule(Duration.ofNanos(1), () -> log("b"));
		this.time.advanceBy(SECOND);
		assertThat(this.log).containsExactly("1 a", "1 b", "2 c", "2 d");
	}

	@Test
	void whatAnAlarmSetsOffOnTheWayAlsoRuns() {
		this.time.schedule(Duration.ofNanos(1), () -> {
			log("first");
			this.time.schedule(Duration.ofNanos(2), () -> log("third"));
			this.time.schedule(Duration.ofNanos(3), () -> log("too late"));
			this.time.execute(() -> log("second"));
		});
		this.time.advanceBy(Duration.ofNanos(3));
		assertThat(this.log).containsExactly("1 first", "1 second", "3 third");
		assertThat(this.time.pendingAlarms()).isOne();
	}

	@Test
	void anAlarmInThePastFiresAtTheNextOpportunity() {
		this.time.schedule(SECOND.negated(), () -> log("alarm"));
		assertThat(this.log).isEmpty();
		this.time.run();
		assertThat(this.log).containsExactly("0 alarm");
	}

	@Test
	void aCancelledAlarmNeverFiresAndLeavesNothing() {
		Cancellable alarm = this.time.schedule(SECOND, () -> log("alarm"));
		alarm.cancel();
		alarm.cancel();
		assertThat(this.time.pendingAlarms()).isZero();
		this.time.advanceBy(SECOND);
		assertThat(this.log).isEmpty();
	}

	@Test
	void anAlarmCanBeCancelledAtTheInstantAtWhichItIsDue() {
		List<Cancellable> second = new ArrayList<>();
		this.time.schedule(SECOND, () -> second.forEach(Cancellable::cancel));
		second.add(this.time.schedule(SECOND, () -> log("alarm")));
		this.time.advanceBy(SECOND);
		assertThat(this.log).isEmpty();
	}

	@Test
	void itAdvancesToTheNextAlarmAndNoFurther() {
		this.time.execute(() -> this.time.schedule(SECOND, () -> log("first")));
		this.time.schedule(SECOND.multipliedBy(2), () -> log("second"));
		assertThat(this.time.advanceToNextAlarm()).isTrue();
		assertThat(this.log).containsExactly("1000000000 first");
		assertThat(this.time.advanceToNextAlarm()).isTrue();
		assertThat(this.time.advanceToNextAlarm()).isFalse();
		assertThat(this.log).containsExactly("1000000000 first", "2000000000 second");
		assertThat(this.time.nanoTime()).isEqualTo(2_000_000_000);
	}

	@Test
	void onlyTasksAreInTheOwner() {
		assertThat(this.time.inOwner()).isFalse();
		this.time.execute(() -> log("in owner: " + this.time.inOwner()));
		this.time.run();
		assertThat(this.log).containsExactly("0 in owner: true");
		assertThat(this.time.inOwner()).isFalse();
	}

	@Test
	void aTaskThatThrowsEndsTheRunAndLeavesTheOthers() {
		this.time.execute(() -> {
			throw new IllegalStateException("expected by the test");
		});
		this.time.execute(() -> log("other"));
		assertThatIllegalStateException().isThrownBy(this.time::run).withMessage("expected by the test");
		assertThat(this.log).isEmpty();
		assertThat(this.time.inOwner()).isFalse();
		this.time.run();
		assertThat(this.log).containsExactly("0 other");
	}

	@Test
	void timeGoesNeitherBackwardsNorWithinItself() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.time.advanceBy(Duration.ofNanos(-1)))
			.withMessage("duration: PT-0.000000001S (expected: >= 0)");
		this.time.execute(this.time::run);
		assertThatIllegalStateException().isThrownBy(this.time::run).withMessageContaining("already being advanced");
	}

	private void log(String what) {
		this.log.add(this.time.nanoTime() + " " + what);
	}

}
