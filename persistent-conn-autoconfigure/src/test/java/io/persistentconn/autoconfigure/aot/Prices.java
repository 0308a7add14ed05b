package io.persistentconn.autoconfigure.aot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.rpc.StateStream;

/**
 * A contract with all kinds of RPCs, of which each has types of its own.
 */
interface Prices extends Lookup<Prices.Price> {

	@RpcMapping(error = Refusal.class)
	Stream<Tick> ticks(Session session);

	@RpcMapping
	StateStream<Map<Symbol, Level[]>, Change<Side>> depth(Depth depth);

	@RpcMapping
	@OneWay
	void note(Note note);

	/** Has a codec that is a bean. */
	@RpcMapping
	Instant opening(String day);

	default CompletableFuture<Double> bid(String symbol) {
		return find(new Symbol(symbol), Optional.of(Venue.PARIS)).thenApply(Price::bid);
	}

	record Price(double bid) {
	}

	record Symbol(String name) {
	}

	enum Venue {

		LONDON, PARIS

	}

	record Session(long day) {
	}

	sealed interface Tick {

		record Trade(List<Fill> fills) implements Tick {
		}

		record Halt(String why) implements Tick {
		}

	}

	record Fill(long size) {
	}

	record Refusal(String why) {
	}

	record Depth(int levels) {
	}

	record Level(double price) {
	}

	record Change<T>(T what) {
	}

	enum Side {

		BID, ASK

	}

	record Note(String text) {
	}

}
