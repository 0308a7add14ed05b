package io.persistentconn.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("R12")
class CallTimeoutTests {

	private static final Duration NANOSECOND = Duration.ofNanos(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Rpc<Long, Long> SLOW = Rpc.of("slow", 1, BinCodecs.INT, BinCodecs.INT);

	private static final PipeRpc<Long, Long, Long> NUMBERS = PipeRpc.of("numbers", 1, BinCodecs.INT, BinCodecs.INT,
			BinCodecs.INT);

	private final Map<Long, CompletableFuture<Long>> answers = new HashMap<>();

	@Test
	void aCallFailsWhenItsTimeIsOverAndNotBefore() {
		TwoEnds ends = withTimeout(RpcOptions.defaults());
		CompletableFuture<Long> call = call(ends, 1);
		ends.advance(TIMEOUT.minus(NANOSECOND));
		assertThat(call).isNotDone();
		ends.advance(NANOSECOND);
		assertThat(ends.failureOf(call)).isInstanceOfSatisfying(RpcTimeoutException.class, (timeout) -> {
			assertThat(timeout).hasMessage("slow v1 over RpcConnection(" + ends.client().remoteAddress()
					+ "): no answer within PT5S; the outcome is unknown");
			assertThat(timeout.timeout()).isEqualTo(TIMEOUT);
		});
	}

	@Test
	void theAnswerThatComesLateIsDroppedAndTheIdCountsUntilThen() {
		TwoEnds ends = withTimeout(RpcOptions.defaults().withMaxOpenCalls(1));
		CompletableFuture<Long> late = call(ends, 1);
		ends.advance(TIMEOUT);
		assertThat(late).isCompletedExceptionally();
		assertThat(ends.errorOf(call(ends, 2))).isInstanceOf(RpcError.WriteError.class);
		answer(ends, 1);
		assertThat(ends.failureOf(late)).isInstanceOf(RpcTimeoutException.class);
		CompletableFuture<Long> next = call(ends, 3);
		answer(ends, 3);
		assertThat(ends.done(next)).isEqualTo(-3);
		assertThat(ends.client().isClosed()).isFalse();
	}

	@Test
	void eachCallHasItsOwnTimeAndThereIsOneAlarm() {
		TwoEnds ends = withTimeout(RpcOptions.defaults());
		ends.client();
		int before = ends.time.pendingAlarms();
		CompletableFuture<Long> first = call(ends, 1);
		ends.advance(SECOND);
		CompletableFuture<Long> second = call(ends, 2);
		ends.advance(SECOND);
		CompletableFuture<Long> third = call(ends, 3);
		assertThat(ends.time.pendingAlarms()).isEqualTo(before + 1);
		answer(ends, 2);
		ends.advance(Duration.ofSeconds(3));
		assertThat(first).isCompletedExceptionally();
		assertThat(second).isCompletedWithValue(-2L);
		assertThat(third).isNotDone();
		assertThat(ends.time.pendingAlarms()).isEqualTo(before + 1);
		ends.advance(Duration.ofSeconds(2).minus(NANOSECOND));
		assertThat(third).isNotDone();
		ends.advance(NANOSECOND);
		assertThat(third).isCompletedExceptionally();
		assertThat(ends.time.pendingAlarms()).isEqualTo(before);
	}

	@Test
	void aCallThatIsMadeBecauseAnotherFailedHasItsFullTime() {
		TwoEnds ends = withTimeout(RpcOptions.defaults());
		RpcConnection client = ends.client();
		List<CompletableFuture<Long>> again = new ArrayList<>();
		call(ends, 1).whenComplete((answer, error) -> again.add(SLOW.dispatch(client, 2L)));
		ends.advance(SECOND);
		CompletableFuture<Long> between = call(ends, 3);
		ends.advance(TIMEOUT.minus(SECOND));
		assertThat(again).hasSize(1);
		ends.advance(SECOND.minus(NANOSECOND));
		assertThat(between).isNotDone();
		ends.advance(NANOSECOND);
		assertThat(between).isCompletedExceptionally();
		ends.advance(TIMEOUT.minus(SECOND).minus(NANOSECOND));
		assertThat(again.get(0)).isNotDone();
		ends.advance(NANOSECOND);
		assertThat(again.get(0)).isCompletedExceptionally();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void aRandomHistoryEndsEachCallWhenItIsAnsweredOrItsTimeIsOver(int seed) {
		RandomGenerator random = new SplittableRandom(seed);
		TwoEnds ends = withTimeout(RpcOptions.defaults());
		Map<Long, Long> ended = new HashMap<>();
		Map<Long, Long> expected = new HashMap<>();
		for (long number = 1; number <= 500; number++) {
			long query = number;
			CompletableFuture<Long> call = call(ends, query);
			call.whenComplete((answer, error) -> ended.put(query, ends.time.nanoTime()));
			expected.put(query, ends.time.nanoTime() + TIMEOUT.toNanos());
			while (random.nextInt(3) == 0) {
				ends.advance(Duration.ofNanos(random.nextInt(1_000_000_000)));
			}
			if (random.nextBoolean()) {
				long answered = 1L + random.nextInt((int) query);
				expected.merge(answered, ends.time.nanoTime(), Math::min);
				answer(ends, answered);
			}
		}
		ends.advance(TIMEOUT);
		assertThat(ended).isEqualTo(expected);
	}

	@Test
	void aClosedConnectionHasNoAlarm() {
		TwoEnds ends = withTimeout(RpcOptions.defaults());
		CompletableFuture<Long> call = call(ends, 1);
		ends.done(ends.client().closeAsync());
		assertThat(ends.errorOf(call)).isInstanceOf(RpcError.ConnectionClosed.class);
		assertThat(ends.time.pendingAlarms()).isZero();
	}

	@Test
	void streamsTakeTheirTime() {
		TwoEnds ends = new TwoEnds(options().withCallTimeout(TIMEOUT), options()
			.withImplementations(Implementations.of(NUMBERS.implement((c, n) -> new CompletableFuture<>()))));
		CompletableFuture<?> call = NUMBERS.dispatch(ends.client(), 1L);
		ends.advance(TIMEOUT.multipliedBy(2));
		assertThat(call).isNotDone();
	}

	@Test
	void byDefaultThereIsNoLimit() {
		TwoEnds ends = serving(options());
		CompletableFuture<Long> call = call(ends, 1);
		ends.advance(Duration.ofDays(1000));
		assertThat(call).isNotDone();
	}

	@Test
	void aTimeoutIsFromZeroToAYear() {
		RpcOptions options = RpcOptions.defaults().withCallTimeout(Duration.ofDays(365));
		assertThatIllegalArgumentException().isThrownBy(() -> options.withCallTimeout(Duration.ofMillis(-1)))
			.withMessage("callTimeout: PT-0.001S (expected: from zero to PT8760H)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> options.withCallTimeout(Duration.ofDays(365).plus(NANOSECOND)))
			.withMessageContaining("expected: from zero");
	}

	private TwoEnds withTimeout(RpcOptions options) {
		return serving(options.withHeartbeat(Heartbeat.never()).withCallTimeout(TIMEOUT));
	}

	private TwoEnds serving(RpcOptions client) {
		return new TwoEnds(client, options().withImplementations(Implementations.of(SLOW.implement(
				(context, number) -> this.answers.computeIfAbsent(number, (query) -> new CompletableFuture<>())))));
	}

	private static RpcOptions options() {
		return RpcOptions.defaults().withHeartbeat(Heartbeat.never());
	}

	private static CompletableFuture<Long> call(TwoEnds ends, long number) {
		CompletableFuture<Long> call = SLOW.dispatch(ends.client(), number);
		ends.time.run();
		return call;
	}

	private void answer(TwoEnds ends, long number) {
		this.answers.computeIfAbsent(number, (query) -> new CompletableFuture<>()).complete(-number);
		ends.time.run();
	}

}
