package io.persistentconn.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Result;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.rpc.versioned.BothConvert;
import io.persistentconn.rpc.versioned.CalleeConverts;
import io.persistentconn.rpc.versioned.CalleePipeRpc;
import io.persistentconn.rpc.versioned.CalleeStateRpc;
import io.persistentconn.rpc.versioned.CallerConverts;
import io.persistentconn.rpc.versioned.CallerPipeRpc;
import io.persistentconn.rpc.versioned.CallerStateRpc;
import io.persistentconn.rpc.versioned.ConnectionWithMenu;
import io.persistentconn.rpc.versioned.ConversionException;
import io.persistentconn.rpc.versioned.RpcConnectors;
import io.persistentconn.rpc.versioned.VersionMismatchException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The caller's model is text; version 1 has numbers, version 2 has numbers as text. The
 * conversion of the number 13 fails.
 */
@Tag("D4")
@ExtendWith(Quiet.class)
class DurableVersionedTests {

	private static final StateRpc<Long, Long, Long, Long> STATE_V1 = StateRpc.of("state", 1, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.INT, BinCodecs.INT);

	private static final StateRpc<String, String, String, String> STATE_V2 = StateRpc.of("state", 2, BinCodecs.STRING,
			BinCodecs.STRING, BinCodecs.STRING, BinCodecs.STRING);

	private static final PipeRpc<Long, Long, Long> PIPE_V1 = PipeRpc.of("pipe", 1, BinCodecs.INT, BinCodecs.INT,
			BinCodecs.INT);

	private static final PipeRpc<String, String, String> PIPE_V2 = PipeRpc.of("pipe", 2, BinCodecs.STRING,
			BinCodecs.STRING, BinCodecs.STRING);

	private static final CallerStateRpc<String, String, String, String> STATE = CallerConverts
		.<String, String, String, String>state("state")
		.version(STATE_V1, Long::parseLong, DurableVersionedTests::ofV1, DurableVersionedTests::ofV1,
				DurableVersionedTests::ofV1)
		.version(STATE_V2, (text) -> text, (text) -> text + " of v2", (text) -> text + " of v2",
				(text) -> text + " of v2");

	private static final CallerPipeRpc<String, String, String> PIPE = CallerConverts
		.<String, String, String>pipe("pipe")
		.version(PIPE_V1, Long::parseLong, DurableVersionedTests::ofV1, DurableVersionedTests::ofV1)
		.version(PIPE_V2, (text) -> text, (text) -> text + " of v2", (text) -> text + " of v2");

	private static final CalleeStateRpc<String, String, String, String> STATE_OF_CALLEE = CalleeConverts
		.<String, String, String, String>state("state")
		.version(STATE_V1, Object::toString, Long::parseLong, Long::parseLong, Long::parseLong)
		.version(STATE_V2, (text) -> text, (text) -> text, (text) -> text, (text) -> text);

	private static final CalleePipeRpc<String, String, String> PIPE_OF_CALLEE = CalleeConverts
		.<String, String, String>pipe("pipe")
		.version(PIPE_V1, Object::toString, Long::parseLong, Long::parseLong)
		.version(PIPE_V2, (text) -> text, (text) -> text, (text) -> text);

	private final List<StreamWriter<?>> streams = new ArrayList<>();

	private final SubscriptionOptions options = SubscriptionOptions.resubscribeAfter(World.RETRY);

	@Test
	void theCallerConvertsAndAnUpdateThatIsNotConvertedIsAnErrorAndTheStreamGoesOn() {
		World world = new World().withoutHeartbeats().serving(List.of(stateV1()));
		Pipe<StateUpdate<String, Result<String, ConversionException>, String>> pipe = DurableStateRpc
			.createVersioned(durable(world), STATE, "1", this.options);
		world.run();
		write(world, 12);
		write(world, 13);
		write(world, 14);
		assertThat(words(pipe)).containsExactly("attempting", "success 1", "state 1 of v1", "update 12 of v1",
				"update state v1: the update was not converted: java.lang.IllegalStateException: 13",
				"update 14 of v1");
		world.cut();
		world.advance(2);
		assertThat(words(pipe)).containsExactly("lost", "attempting", "success 2", "state 1 of v1");
		assertThat(this.streams).hasSize(1);
		pipe.close();
		world.expectNothingRemains("");
		assertThat(this.streams).isEmpty();
	}

	@Test
	void theVersionIsChosenAnewForEachConnection() {
		World world = new World().withoutHeartbeats();
		Pipe<StateUpdate<String, Result<String, ConversionException>, String>> pipe = DurableStateRpc
			.createVersioned(durable(world), STATE, "1", this.options);
		world.run();
		assertThat(words(pipe)).first().isEqualTo("attempting");
		world.serving(List.of(stateV1(), stateV2()));
		world.cut();
		world.advance(2);
		assertThat(words(pipe)).containsExactly("attempting", "success 1", "state 1 of v2");
	}

	@Test
	void noCommonVersionIsAFailureToConnect() {
		World world = new World().withoutHeartbeats();
		CompletableFuture<?> created = DurableStateRpc.createOrFailVersioned(durable(world), STATE, "1", this.options);
		CompletableFuture<?> pipe = DurablePipeRpc.createOrFailVersioned(durable(world), PIPE, "1", this.options);
		world.run();
		assertThat(failureOf(created)).isInstanceOf(VersionMismatchException.class);
		assertThat(failureOf(pipe)).isInstanceOf(VersionMismatchException.class);
		world.expectNothingRemains("");
	}

	@Test
	void aStateOrQueryThatIsNotConvertedIsAFailureToConnectAndNoSubscriptionRemains() {
		World world = new World().withoutHeartbeats().serving(List.of(stateV1()));
		CompletableFuture<?> state = DurableStateRpc.createOrFailVersioned(durable(world), STATE, "13", this.options);
		CompletableFuture<?> query = DurableStateRpc.createOrFailVersioned(durable(world), STATE, "no number",
				this.options);
		world.run();
		assertThat(failureOf(state)).isInstanceOf(ConversionException.class).hasMessageContaining("the state");
		assertThat(failureOf(query)).isInstanceOf(ConversionException.class).hasMessageContaining("the query");
		assertThat(this.streams).isEmpty();
	}

	@Test
	@Tag("D3")
	void aRejectionIsConvertedToo() {
		World world = new World().withoutHeartbeats().serving(List.of(stateV1()));
		CompletableFuture<?> reported = DurableStateRpc.createOrFailVersioned(durable(world), STATE, "-5",
				this.options);
		Pipe<?> told = DurableStateRpc.createVersioned(durable(world), STATE, "-5", this.options);
		world.run();
		assertThat(reported.join()).isEqualTo(Outcome.rejected("-5 of v1"));
		assertThat(News.of(told)).containsExactly("attempting", "rejected: -5 of v1");
	}

	@Test
	void aPipeIsConvertedLikewise() {
		World world = new World().withoutHeartbeats().serving(List.of(pipeV1()));
		Pipe<PipeUpdate<Result<String, ConversionException>, String>> pipe = DurablePipeRpc
			.createVersioned(durable(world), PIPE, "1", this.options);
		world.run();
		write(world, 12);
		write(world, 13);
		write(world, 14);
		assertThat(pipeWords(pipe)).containsExactly("attempting", "success 1", "update 12 of v1",
				"update pipe v1: the update was not converted: java.lang.IllegalStateException: 13", "update 14 of v1");
		world.cut();
		world.advance(2);
		assertThat(pipeWords(pipe)).containsExactly("lost", "attempting", "success 2");
		CompletableFuture<?> rejected = DurablePipeRpc.createOrFailVersioned(durable(world), PIPE, "-5", this.options);
		world.run();
		assertThat(rejected.join()).isEqualTo(Outcome.rejected("-5 of v1"));
	}

	@Test
	void bothSidesMayConvert() {
		World world = new World().withoutHeartbeats();
		world.serving(List.copyOf(STATE_OF_CALLEE.implementMulti((context, query) -> CompletableFuture
			.completedFuture(Outcome.accepted(new StateStream<>(query, endless("7")))))));
		world.serving(List.copyOf(PIPE_OF_CALLEE
			.implementMulti((context, query) -> CompletableFuture.completedFuture(Outcome.accepted(endless(query))))));
		Durable<ConnectionWithMenu> durable = durable(world);
		Pipe<StateUpdate<String, Result<String, ConversionException>, String>> state = DurableStateRpc
			.createVersioned(durable, BothConvert.state(STATE, STATE_OF_CALLEE), "1", this.options);
		Pipe<PipeUpdate<Result<String, ConversionException>, String>> pipe = DurablePipeRpc.createVersioned(durable,
				BothConvert.pipe(PIPE, PIPE_OF_CALLEE), "2", this.options);
		CompletableFuture<Outcome<Pipe<StateUpdate<String, Result<String, ConversionException>, String>>, String>> created = DurableStateRpc
			.createOrFailVersioned(durable, BothConvert.state(STATE, STATE_OF_CALLEE), "3", this.options);
		CompletableFuture<Outcome<Pipe<PipeUpdate<Result<String, ConversionException>, String>>, String>> createdPipe = DurablePipeRpc
			.createOrFailVersioned(durable, BothConvert.pipe(PIPE, PIPE_OF_CALLEE), "4", this.options);
		world.run();
		assertThat(words(state)).containsExactly("attempting", "success 1", "state 1 of v2", "update 7 of v2");
		assertThat(pipeWords(pipe)).containsExactly("attempting", "success 1", "update 2 of v2");
		assertThat(words(created.join().orElseThrow())).contains("state 3 of v2");
		assertThat(pipeWords(createdPipe.join().orElseThrow())).contains("update 4 of v2");
	}

	private static Durable<ConnectionWithMenu> durable(World world) {
		return Durable.of(world.connection(RpcConnectors.withMenu((context, server) -> world.connect(context))));
	}

	private static String ofV1(long number) {
		if (number == 13) {
			throw new IllegalStateException("13");
		}
		return number + " of v1";
	}

	private Implementation stateV1() {
		return STATE_V1.implementDirect((context, query, writer) -> {
			if (query < 0) {
				return CompletableFuture.completedFuture(Outcome.rejected(query));
			}
			add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(query));
		});
	}

	private Implementation stateV2() {
		return STATE_V2.implementDirect((context, query, writer) -> {
			add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(query));
		});
	}

	private Implementation pipeV1() {
		return PIPE_V1.implementDirect((context, query, writer) -> {
			if (query < 0) {
				return CompletableFuture.completedFuture(Outcome.rejected(query));
			}
			add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
		});
	}

	private void add(StreamWriter<?> writer) {
		this.streams.add(writer);
		writer.closed().thenRun(() -> this.streams.remove(writer));
	}

	@SuppressWarnings("unchecked")
	private void write(World world, long update) {
		this.streams.forEach((stream) -> ((StreamWriter<Long>) stream).write(update));
		world.run();
	}

	private static Pipe<String> endless(String first) {
		PipeWriter<String> writer = PipeWriter.create();
		writer.writeWithoutPushback(first);
		return writer.pipe();
	}

	private static List<String> words(
			Pipe<? extends StateUpdate<String, Result<String, ConversionException>, String>> pipe) {
		List<String> words = new ArrayList<>();
		for (var next = pipe.tryRead(); next.isPresent(); next = pipe.tryRead()) {
			words.add(News.word(next.get().mapUpdate(DurableVersionedTests::text)));
		}
		return words;
	}

	private static List<String> pipeWords(
			Pipe<? extends PipeUpdate<Result<String, ConversionException>, String>> pipe) {
		List<String> words = new ArrayList<>();
		for (var next = pipe.tryRead(); next.isPresent(); next = pipe.tryRead()) {
			words.add(News.word(next.get().mapUpdate(DurableVersionedTests::text)));
		}
		return words;
	}

	private static String text(Result<String, ConversionException> update) {
		if (update instanceof Result.Ok<String, ConversionException> ok) {
			return ok.value();
		}
		return String.valueOf(((Result.Err<String, ConversionException>) update).error().getMessage());
	}

	private static Throwable failureOf(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		return future
			.handle((value, failure) -> (failure instanceof CompletionException) ? failure.getCause() : failure)
			.join();
	}

}
