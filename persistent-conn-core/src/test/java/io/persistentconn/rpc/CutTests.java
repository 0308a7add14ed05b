package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are cut at random places.
 */
@Tag("R12")
class CutTests {

	private static final int CONNECTIONS = 2_000;

	private static final int CALLS = 50;

	private static final Rpc<Long, Long> NEXT = Rpc.of("next", 1, BinCodecs.INT, BinCodecs.INT);

	private final Set<Long> handled = new HashSet<>();

	private int answered;

	private int unknown;

	private int unsent;

	/** 100,000 calls: each ends once, and none is carried out twice. */
	@Test
	@Timeout(value = 15, unit = TimeUnit.MINUTES) // It takes 20 seconds of CPU.
	void everyCallEndsOnceAndNoneIsSentTwice() {
		for (int connection = 0; connection < CONNECTIONS; connection++) {
			cut(connection);
		}
		assertThat(this.answered + this.unknown + this.unsent).isEqualTo(CONNECTIONS * CALLS);
		assertThat(this.answered).isGreaterThan(CONNECTIONS);
		assertThat(this.unknown).isGreaterThan(CONNECTIONS);
		assertThat(this.unsent).isGreaterThan(CONNECTIONS);
	}

	private void cut(int seed) {
		RandomGenerator random = new SplittableRandom(seed);
		List<CompletableFuture<Long>> later = new ArrayList<>();
		TwoEnds ends = TwoEnds.serving(NEXT.implement((context, number) -> {
			assertThat(this.handled.add(number)).as("handled twice").isTrue();
			CompletableFuture<Long> answer = new CompletableFuture<>();
			later.add(answer);
			return (number % 3 == 0) ? answer : CompletableFuture.completedFuture(number + 1);
		}));
		RpcConnection client = ends.client();
		boolean atClient = random.nextBoolean();
		Throwable error = random.nextBoolean() ? new IllegalStateException("reset") : null;
		long soFar = (atClient ? client : ends.server()).bytesWritten();
		(atClient ? ends.transports.first() : ends.transports.second()).cutAfter(soFar + random.nextInt(1200), error);
		List<CompletableFuture<Long>> calls = new ArrayList<>();
		List<Integer> endings = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			long number = (long) seed * CALLS + i;
			CompletableFuture<Long> call = NEXT.dispatch(client, number);
			call.whenComplete((answer, failure) -> endings.add(1));
			calls.add(call);
			if (random.nextInt(4) == 0) {
				ends.time.run();
			}
			if (!later.isEmpty() && random.nextInt(3) == 0) {
				later.remove(0).complete(-1L);
			}
		}
		ends.time.run();
		ends.transports.first().cutAfter(0, null);
		ends.time.run();
		assertThat(endings).hasSize(CALLS);
		for (int i = 0; i < CALLS; i++) {
			count(ends, (long) seed * CALLS + i, calls.get(i));
		}
	}

	private void count(TwoEnds ends, long number, CompletableFuture<Long> call) {
		if (!call.isCompletedExceptionally()) {
			assertThat(call.join()).isEqualTo((number % 3 == 0) ? -1 : number + 1);
			this.answered++;
			return;
		}
		RpcError.ConnectionClosed closed = (RpcError.ConnectionClosed) ends.errorOf(call);
		if (closed.outcomeUnknown()) {
			this.unknown++;
		}
		else {
			assertThat(this.handled).doesNotContain(number);
			this.unsent++;
		}
	}

}
