package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.protocol.HandshakeException.Step;
import io.persistentconn.rpc.protocol.ProtocolVersion;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our client against our server, each of which speaks a range of versions: all kinds of
 * RPCs at what is common to every two of the 66 ranges.
 */
@Tag("R1")
@Tag("R3")
class VersionRangesTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final OneWayRpc<String> LOG = OneWayRpc.of("log", 1, BinCodecs.STRING);

	private static final PipeRpc<Long, Long, String> COUNT = PipeRpc.of("count", 1, BinCodecs.INT, BinCodecs.INT,
			BinCodecs.STRING);

	private static final StateRpc<Unit, Long, Long, String> CLOCK = StateRpc.of("clock", 1, BinCodecs.UNIT,
			BinCodecs.INT, BinCodecs.INT, BinCodecs.STRING);

	private final List<String> logged = new ArrayList<>();

	private final Implementations implementations = Implementations.of(ECHO.implementNow(
			(context, text) -> text + context.metadata().map((metadata) -> metadata.payloads().toString()).orElse("")),
			LOG.implement((context, text) -> this.logged.add(text)),
			COUNT.implement((context, upTo) -> CompletableFuture
				.completedFuture((upTo < 0) ? Outcome.rejected("negative") : Outcome.accepted(numbers(upTo)))),
			CLOCK.implement((context, unit) -> CompletableFuture
				.completedFuture(Outcome.accepted(new StateStream<>(1000L, numbers(2))))));

	private final Map<Integer, Integer> connections = new TreeMap<>();

	private int refused;

	@Test
	void allKindsAtEveryPairOfRanges() {
		for (Range client : ranges()) {
			for (Range server : ranges()) {
				TwoEnds ends = new TwoEnds(client.bound(RpcOptions.defaults()),
						server.bound(RpcOptions.defaults().withImplementations(this.implementations)));
				int highest = Math.min(client.highest(), server.highest());
				if (highest >= Math.max(client.lowest(), server.lowest())) {
					assertSpeak(ends, highest);
				}
				else {
					assertRefused(ends, client, server);
				}
			}
		}
		assertThat(this.connections).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
		assertThat(this.refused).isEqualTo(2 * disjoint());
		assertThat(this.refused + this.connections.values().stream().mapToInt(Integer::intValue).sum())
			.isEqualTo(66 * 66);
	}

	private void assertSpeak(TwoEnds ends, int version) {
		RpcConnection client = ends.client();
		assertThat(client.protocolVersion()).isEqualTo(version);
		assertThat(ends.server().protocolVersion()).isEqualTo(version);
		assertThat(ends.done(ECHO.dispatch(client, "hello", QueryMetadata.of("trace"))))
			.isEqualTo((version > 1) ? "hello{0=trace}" : "hello");
		this.logged.clear();
		ends.done(LOG.dispatch(client, "a line"));
		assertThat(this.logged).containsExactly("a line");
		assertThat(readAll(ends, ends.done(COUNT.dispatch(client, 3L)).orElseThrow())).containsExactly(1L, 2L, 3L);
		assertThat(ends.done(COUNT.dispatch(client, -1L))).isEqualTo(Outcome.rejected("negative"));
		StateStream<Long, Long> clock = ends.done(CLOCK.dispatch(client, Unit.UNIT)).orElseThrow();
		assertThat(clock.state()).isEqualTo(1000);
		assertThat(readAll(ends, clock.updates())).containsExactly(1L, 2L);
		ends.done(client.closeAsync("done"));
		assertThat(ends.server().closeFinished()).isCompleted();
		assertThat(ends.time.pendingAlarms()).isZero();
		this.connections.merge(version, 1, Integer::sum);
	}

	private void assertRefused(TwoEnds ends, Range client, Range server) {
		List<Throwable> failures = List.of(ends.failureOf(ends.establishingClient()),
				ends.failureOf(ends.establishingServer()));
		assertThat(failures).hasOnlyElementsOfType(HandshakeException.class);
		// The other one may find that it was closed, for nothing is said then.
		assertThat(failures).anySatisfy((failure) -> {
			assertThat(((HandshakeException) failure).step()).isEqualTo(Step.NEGOTIATION);
			assertThat(failure).hasMessageContaining("no common version")
				.hasMessageContaining(client.toString())
				.hasMessageContaining(server.toString());
		});
		assertThat(ends.time.pendingAlarms()).isZero();
		this.refused++;
	}

	private static List<Range> ranges() {
		return IntStream.rangeClosed(ProtocolVersion.LOWEST, ProtocolVersion.HIGHEST)
			.boxed()
			.flatMap((lowest) -> IntStream.rangeClosed(lowest, ProtocolVersion.HIGHEST)
				.mapToObj((highest) -> new Range(lowest, highest)))
			.toList();
	}

	/** Pairs of ranges of which the first lies below the second. */
	private static int disjoint() {
		return IntStream.rangeClosed(1, 10).map((highest) -> highest * (11 - highest) * (12 - highest) / 2).sum();
	}

	private static Pipe<Long> numbers(long upTo) {
		PipeWriter<Long> writer = PipeWriter.create();
		Stream.iterate(1L, (number) -> number <= upTo, (number) -> number + 1).forEach(writer::writeWithoutPushback);
		writer.close();
		return writer.pipe();
	}

	private static List<Long> readAll(TwoEnds ends, Pipe<Long> pipe) {
		List<Long> all = new ArrayList<>();
		for (Optional<Long> next = ends.done(pipe.read()); next.isPresent(); next = ends.done(pipe.read())) {
			all.add(next.get());
		}
		return all;
	}

	private record Range(int lowest, int highest) {

		RpcOptions bound(RpcOptions options) {
			return options.withMinProtocolVersion(this.lowest).withMaxProtocolVersion(this.highest);
		}

		/** As headers are told in errors. */
		@Override
		public String toString() {
			return IntStream.rangeClosed(this.lowest, this.highest).boxed().toList().toString();
		}

	}

}
