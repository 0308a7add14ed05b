package io.persistentconn.rpc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("R2")
class HeartbeatTests {

	private static final Duration NANOSECOND = Duration.ofNanos(1);

	private static final RpcOptions NEVER = RpcOptions.defaults().withHeartbeat(Heartbeat.never());

	@Test
	@Tag("R11")
	void oneIsSentRightAfterTheHandshakeAndThenEveryTenSeconds() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), NEVER);
		long atFirst = ends.client().bytesWritten();
		List<Instant> beats = new ArrayList<>();
		ends.server().addHeartbeatListener(() -> beats.add(ends.time.instant()));
		Instant start = ends.time.instant();
		ends.advance(Duration.ofSeconds(10).minus(NANOSECOND));
		assertThat(beats).isEmpty();
		ends.advance(NANOSECOND);
		ends.advance(Duration.ofSeconds(10));
		assertThat(beats).containsExactly(start.plusSeconds(10), start.plusSeconds(20));
		assertThat(ends.client().bytesWritten() - atFirst).isEqualTo(2 * 9);
		assertThat(ends.server().lastSeenAlive()).isEqualTo(start.plusSeconds(20));
	}

	@Test
	void aListenerThatIsCancelledOrThrowsDisturbsNobody() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), NEVER);
		List<String> heard = new ArrayList<>();
		ends.server().addHeartbeatListener(() -> heard.add("cancelled")).cancel();
		ends.server().addHeartbeatListener(() -> {
			throw new IllegalStateException("expected by the test");
		});
		ends.server().addHeartbeatListener(() -> heard.add("beat"));
		ends.advance(Duration.ofSeconds(10));
		assertThat(heard).containsExactly("beat");
		assertThat(ends.server().isClosed()).isFalse();
	}

	@Test
	void afterThreeUnansweredOnesThePeerIsTakenForDead() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), NEVER);
		ends.advance(Duration.ofSeconds(30).minus(NANOSECOND));
		assertThat(ends.client().isClosed()).isFalse();
		ends.advance(NANOSECOND);
		assertThat(ends.client().isClosed()).isTrue();
		assertThat(ends.client().closeReason()).get()
			.isInstanceOf(RpcConnectionException.class)
			.asString()
			.contains("no sign of life for PT30S");
		assertThat(ends.server().closeReason()).get().asString().contains("no sign of life for PT30S");
	}

	@Test
	void anyMessageIsASignOfLife() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults());
		ends.advance(Duration.ofHours(1));
		assertThat(ends.client().isClosed()).isFalse();
		assertThat(ends.server().isClosed()).isFalse();
	}

	@Test
	void elapsedTimeIsLookedAtWhenAHeartbeatIsDue() {
		Heartbeat elapsed = Heartbeat.every(Duration.ofSeconds(10), Duration.ofSeconds(25))
			.withStyle(Heartbeat.Style.ELAPSED_TIME);
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withHeartbeat(elapsed), NEVER);
		ends.advance(Duration.ofSeconds(30).minus(NANOSECOND));
		assertThat(ends.client().isClosed()).isFalse();
		ends.advance(NANOSECOND);
		assertThat(ends.client().isClosed()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	@Tag("R5")
	void whileThisSideDoesNotReadSilenceSaysNothing(Heartbeat.Style style) {
		PipeRpc<Unit, Long, String> numbers = PipeRpc.of("numbers", 1, BinCodecs.UNIT, BinCodecs.INT, BinCodecs.STRING);
		PipeWriter<Long> server = PipeWriter.create();
		RpcOptions serving = NEVER.withImplementations(Implementations.of(numbers
			.implement((context, query) -> CompletableFuture.completedFuture(Outcome.accepted(server.pipe())))));
		Heartbeat heartbeat = Heartbeat.every(Duration.ofSeconds(10), Duration.ofSeconds(25)).withStyle(style);
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withHeartbeat(heartbeat), serving);
		Pipe<Long> pipe = ends.done(numbers.withPushback().dispatch(ends.client(), Unit.UNIT)).orElseThrow();
		server.write(1L);
		ends.advance(Duration.ofHours(1));
		assertThat(ends.client().isClosed()).as("closed while its user does not read").isFalse();
		assertThat(pipe.tryRead()).contains(1L);
		ends.advance(Duration.ofSeconds(25));
		assertThat(ends.client().isClosed()).as("closed although it reads for less than the timeout").isFalse();
		ends.advance(Duration.ofSeconds(15));
		assertThat(ends.client().isClosed()).as("closed as the peer is silent").isTrue();
	}

	@Test
	void neverSendsNoneAndExpectsNone() {
		TwoEnds ends = new TwoEnds(NEVER, NEVER);
		long written = ends.client().bytesWritten();
		ends.advance(Duration.ofDays(1));
		assertThat(ends.client().bytesWritten()).isEqualTo(written);
		assertThat(ends.client().isClosed()).isFalse();
		assertThat(ends.time.pendingAlarms()).isZero();
	}

	@Test
	void aTimeoutThatIsNotLongerThanTheIntervalIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Heartbeat.every(Duration.ofSeconds(30), Duration.ofSeconds(30)))
			.withMessage("sendEvery: PT30S (expected: < timeout, PT30S)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Heartbeat.every(Duration.ofSeconds(-1), Duration.ofSeconds(30)))
			.withMessage("sendEvery: PT-1S (expected: > 0, or 0 for never)");
	}

	@Test
	void theNumberOfUnansweredOnesIsRoundedUpAndAtLeastOne() {
		assertThat(Heartbeat.defaults().unansweredAllowed()).isEqualTo(3);
		assertThat(Heartbeat.every(Duration.ofSeconds(10), Duration.ofSeconds(31)).unansweredAllowed()).isEqualTo(4);
		assertThat(Heartbeat.every(Duration.ofSeconds(10), Duration.ofSeconds(11)).unansweredAllowed()).isEqualTo(2);
	}

}
