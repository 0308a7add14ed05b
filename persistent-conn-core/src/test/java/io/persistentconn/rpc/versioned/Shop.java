package io.persistentconn.rpc.versioned;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.protocol.QueryMetadata;

/**
 * One RPC of each kind in two versions, and what implements them one by one: version 1
 * knows goods by name and prices in euros, version 2 has more to say. Each version marks
 * what it answers, so that a test sees which one was called.
 */
final class Shop {

	static final BinCodec<Good> GOOD = BinCodecs.of(Good.class);

	static final BinCodec<Price> PRICE = BinCodecs.of(Price.class);

	static final Rpc<String, Long> PRICE_V1 = Rpc.of("price", 1, BinCodecs.STRING, BinCodecs.INT);

	static final Rpc<Good, Price> PRICE_V2 = Rpc.of("price", 2, GOOD, PRICE);

	static final OneWayRpc<String> WANT_V1 = OneWayRpc.of("want", 1, BinCodecs.STRING);

	static final OneWayRpc<Good> WANT_V2 = OneWayRpc.of("want", 2, GOOD);

	static final PipeRpc<String, Long, String> TICKS_V1 = PipeRpc.of("ticks", 1, BinCodecs.STRING, BinCodecs.INT,
			BinCodecs.STRING);

	static final PipeRpc<Good, Price, Good> TICKS_V2 = PipeRpc.of("ticks", 2, GOOD, PRICE, GOOD);

	static final StateRpc<String, Long, Long, String> BOOK_V1 = StateRpc.of("book", 1, BinCodecs.STRING, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.STRING);

	static final StateRpc<Good, Price, Price, Good> BOOK_V2 = StateRpc.of("book", 2, GOOD, PRICE, PRICE, GOOD);

	static final Good TEA = new Good("tea", 1);

	/** Not sold. */
	static final Good GOLD = new Good("gold", 1);

	/** What was wanted, by whichever version. */
	final BlockingQueue<String> wanted = new LinkedBlockingQueue<>();

	/** The metadata of the last call for a price. */
	volatile Optional<QueryMetadata> metadata = Optional.empty();

	/** Streams that go on for ever, which are those for two of a good. */
	final BlockingQueue<PipeWriter<?>> endless = new LinkedBlockingQueue<>();

	List<Implementation> version1() {
		return List.of(PRICE_V1.implementNow((context, name) -> {
			this.metadata = context.metadata();
			return 10L;
		}), WANT_V1.implement((context, name) -> this.wanted.add(name + " of v1")),
				TICKS_V1.implement((context, name) -> CompletableFuture.completedFuture(
						name.equals("gold") ? Outcome.rejected("no gold") : Outcome.accepted(pipe(10L, 11L)))),
				BOOK_V1.implement((context, name) -> CompletableFuture.completedFuture(name.equals("gold")
						? Outcome.rejected("no gold") : Outcome.accepted(new StateStream<>(9L, pipe(10L, 11L))))));
	}

	List<Implementation> version2() {
		return List.of(PRICE_V2.implementNow((context, good) -> {
			this.metadata = context.metadata();
			return new Price(20, "of v2");
		}), WANT_V2.implement((context, good) -> this.wanted.add(good.name() + " of v2")),
				TICKS_V2.implement((context, good) -> CompletableFuture.completedFuture(
						good.name().equals("gold") ? Outcome.rejected(good) : Outcome.accepted(ticks(good)))),
				BOOK_V2.implement((context, good) -> CompletableFuture
					.completedFuture(good.name().equals("gold") ? Outcome.rejected(good)
							: Outcome.accepted(new StateStream<>(new Price(19, "of v2"), ticks(good))))));
	}

	List<Implementation> bothVersions() {
		List<Implementation> both = new ArrayList<>(version2());
		both.addAll(version1());
		return both;
	}

	private Pipe<Price> ticks(Good good) {
		if (good.quantity() < 2) {
			return pipe(new Price(20, "of v2"), new Price(21, "of v2"));
		}
		PipeWriter<Price> writer = PipeWriter.create();
		writer.writeWithoutPushback(new Price(20, "of v2"));
		this.endless.add(writer);
		return writer.pipe();
	}

	@SafeVarargs
	static <T> Pipe<T> pipe(T... elements) {
		PipeWriter<T> writer = PipeWriter.create();
		for (T element : elements) {
			writer.writeWithoutPushback(element);
		}
		writer.close();
		return writer.pipe();
	}

	record Good(String name, long quantity) {
	}

	record Price(long euros, String remark) {
	}

}
