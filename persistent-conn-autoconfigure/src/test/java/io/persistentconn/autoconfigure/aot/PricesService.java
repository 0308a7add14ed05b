package io.persistentconn.autoconfigure.aot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.StateStream;

import org.springframework.scheduling.annotation.Async;

/**
 * Is a proxy, because of {@code @Async}.
 */
@RpcService
class PricesService implements Prices {

	private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

	@Override
	public CompletableFuture<Price> find(Symbol symbol, Optional<Venue> venue) {
		if (venue.isEmpty()) {
			throw new IllegalArgumentException("where?");
		}
		return CompletableFuture.completedFuture(new Price(symbol.name().length()));
	}

	@Override
	public Stream<Tick> ticks(Session session) {
		if (session.day() < 0) {
			throw new IllegalStateException("closed");
		}
		return Stream.of(new Tick.Trade(List.of(new Fill(100))), new Tick.Halt("lunch"));
	}

	@Override
	public StateStream<Map<Symbol, Level[]>, Change<Side>> depth(Depth depth) {
		PipeWriter<Change<Side>> changes = PipeWriter.create();
		changes.writeWithoutPushback(new Change<>(Side.ASK));
		return new StateStream<>(Map.of(new Symbol("A"), levels(depth)), changes.pipe());
	}

	private static Level[] levels(Depth depth) {
		return DoubleStream.iterate(1, (price) -> price + 1)
			.limit(depth.levels())
			.mapToObj(Level::new)
			.toArray(Level[]::new);
	}

	@Override
	@Async
	public void note(Note note) {
		this.notes.add(note.text());
	}

	@Override
	public Instant opening(String day) {
		return Instant.parse(day + "T09:00:00Z");
	}

	BlockingQueue<String> notes() {
		return this.notes;
	}

	@RpcExceptionHandler
	Refusal refuse(IllegalStateException ex) {
		return new Refusal(String.valueOf(ex.getMessage()));
	}

}
