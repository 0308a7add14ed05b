package io.persistentconn.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.binprot.Unit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D4")
@ExtendWith(Quiet.class)
class DurablePipeRpcTests {

	private static final PipeRpc<String, Long, String> TRADES = PipeRpc.of("trades", 1, BinCodecs.STRING,
			BinCodecs.INT64, BinCodecs.STRING);

	private static final Duration DELAY = Duration.ofSeconds(5);

	private final List<StreamWriter<Long>> streams = new ArrayList<>();

	private final World world = new World().withoutHeartbeats().serving(List.of(TRADES.implementDirect(this::answer)));

	private final PersistentConnection<RpcConnection> connection = this.world.connection();

	@Test
	void itRecoversAsAStateDoesButWithoutState() {
		this.world.up = false;
		Pipe<PipeUpdate<Long, String>> pipe = DurablePipeRpc.create(Durable.of(this.connection), TRADES, "a", DELAY);
		this.world.run();
		assertThat(News.of(pipe)).containsExactly("attempting", "failed: refused");
		this.world.comeUp();
		this.world.time.advanceBy(DELAY);
		write(7);
		assertThat(News.of(pipe)).containsExactly("attempting", "success 1", "update 7");
		this.world.cut();
		this.world.run();
		assertThat(News.of(pipe)).containsExactly("lost");
		this.world.time.advanceBy(DELAY);
		write(8);
		assertThat(News.of(pipe)).containsExactly("attempting", "success 2", "update 8");
		pipe.close();
		this.world.run();
		assertThat(this.streams).isEmpty();
		this.world.expectNothingRemains("");
	}

	@Test
	void aRejectionIsRepeatedOrReported() {
		Pipe<PipeUpdate<Long, String>> pipe = DurablePipeRpc.create(Durable.of(this.connection), TRADES, "nobody",
				DELAY);
		CompletableFuture<Outcome<Pipe<PipeUpdate<Long, String>>, String>> reported = DurablePipeRpc
			.createOrFail(Durable.of(this.connection), TRADES, "nobody", DELAY);
		this.world.run();
		assertThat(News.of(pipe)).containsExactly("attempting", "rejected: no");
		assertThat(reported).isCompletedWithValue(Outcome.rejected("no"));
		this.world.time.advanceBy(DELAY);
		assertThat(News.of(pipe)).containsExactly("attempting", "rejected: no");
		pipe.close();
		this.world.expectNothingRemains("");
	}

	@Test
	@Tag("D3")
	void createOrFailGivesAStreamThatGoesOn() {
		CompletableFuture<Outcome<Pipe<PipeUpdate<Long, String>>, String>> created = DurablePipeRpc
			.createOrFail(Durable.of(this.connection), TRADES, "a", SubscriptionOptions.resubscribeAfter(DELAY));
		this.world.run();
		Pipe<PipeUpdate<Long, String>> pipe = created.join().orElseThrow();
		write(7);
		this.streams.get(0).close();
		this.world.time.advanceBy(DELAY);
		assertThat(News.of(pipe)).containsExactly("attempting", "success 1", "update 7", "lost", "attempting",
				"success 2");
	}

	@Test
	@Tag("R5")
	void aReaderThatIsTooSlowMissesUpdatesAndIsToldSo() {
		Pipe<PipeUpdate<Long, String>> pipe = DurablePipeRpc.create(Durable.of(this.connection), TRADES, "a",
				SubscriptionOptions.resubscribeAfter(DELAY).withBuffer(2, Overflow.RESUBSCRIBE));
		this.world.run();
		for (int i = 0; i < 10; i++) {
			write(i);
		}
		assertThat(News.of(pipe)).containsExactly("attempting", "success 1", "lost");
		this.world.time.advanceBy(DELAY);
		assertThat(News.of(pipe)).containsExactly("attempting", "success 2");
		assertThat(this.streams).hasSize(1);
	}

	private CompletionStage<Outcome<Unit, String>> answer(RpcContext context, String name, StreamWriter<Long> writer) {
		if (name.equals("nobody")) {
			return CompletableFuture.completedFuture(Outcome.rejected("no"));
		}
		this.streams.add(writer);
		writer.closed().thenRun(() -> this.streams.remove(writer));
		return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
	}

	private void write(long update) {
		this.streams.forEach((stream) -> stream.write(update));
		this.world.run();
	}

}
