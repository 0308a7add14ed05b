package io.persistentconn.rpc.versioned;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.versioned.Shop.Good;
import io.persistentconn.rpc.versioned.Shop.Price;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("V2")
class CallerConvertsTests {

	private static final Converting.Caller CALLER = Converting.caller();

	private final Loopback loopback = new Loopback();

	private final Shop shop = new Shop();

	@AfterEach
	void close() {
		this.loopback.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void callsTheHighestVersionThatBothHave(int protocol) throws Exception {
		Rpc<Good, Good> unknownToTheCaller = Rpc.of("price", 3, Shop.GOOD, Shop.GOOD);
		List<Implementation> offered = new ArrayList<>(this.shop.bothVersions());
		offered.add(unknownToTheCaller.implementNow((context, good) -> good));
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(offered, protocol);

		assertThat(Loopback.get(CALLER.price().dispatchMulti(connection, Shop.TEA))).isEqualTo(new Price(20, "of v2"));
		Loopback.get(CALLER.want().dispatchMulti(connection, Shop.TEA));
		assertThat(this.shop.wanted.poll(30, TimeUnit.SECONDS)).isEqualTo("tea of v2");
		assertThat(Loopback.readAll(Loopback.get(CALLER.ticks().dispatchMulti(connection, Shop.TEA)).orElseThrow()))
			.containsExactly(ok(20, "of v2"), ok(21, "of v2"));
		assertThat(Loopback.get(CALLER.ticks().dispatchMulti(connection, Shop.GOLD)))
			.isEqualTo(Outcome.rejected(Shop.GOLD));
		StateStream<Price, Result<Price, ConversionException>> book = Loopback
			.get(CALLER.book().dispatchMulti(connection, Shop.TEA))
			.orElseThrow();
		assertThat(book.state()).isEqualTo(new Price(19, "of v2"));
		assertThat(Loopback.readAll(book.updates())).containsExactly(ok(20, "of v2"), ok(21, "of v2"));
		assertThat(Loopback.get(CALLER.book().dispatchMulti(connection, Shop.GOLD)))
			.isEqualTo(Outcome.rejected(Shop.GOLD));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void convertsForAPeerThatHasAnOldVersion(int protocol) throws Exception {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version1(), protocol);

		assertThat(Loopback.get(CALLER.price().dispatchMulti(connection, Shop.TEA))).isEqualTo(new Price(10, "of v1"));
		Loopback.get(CALLER.want().dispatchMulti(connection, Shop.TEA));
		assertThat(this.shop.wanted.poll(30, TimeUnit.SECONDS)).isEqualTo("tea of v1");
		assertThat(Loopback.readAll(Loopback.get(CALLER.ticks().dispatchMulti(connection, Shop.TEA)).orElseThrow()))
			.containsExactly(ok(10, "of v1"), ok(11, "of v1"));
		assertThat(Loopback.get(CALLER.ticks().dispatchMulti(connection, Shop.GOLD)))
			.isEqualTo(Outcome.rejected(new Good("no gold", 0)));
		StateStream<Price, Result<Price, ConversionException>> book = Loopback
			.get(CALLER.book().dispatchMulti(connection, Shop.TEA))
			.orElseThrow();
		assertThat(book.state()).isEqualTo(new Price(9, "of v1"));
		assertThat(Loopback.readAll(book.updates())).containsExactly(ok(10, "of v1"), ok(11, "of v1"));
		assertThat(Loopback.get(CALLER.book().dispatchMulti(connection, Shop.GOLD)))
			.isEqualTo(Outcome.rejected(new Good("no gold", 0)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void saysWhichVersionsBothSidesHaveIfTheyHaveNoneInCommon(int protocol) {
		Rpc<Good, Good> price4 = Rpc.of("price", 4, Shop.GOOD, Shop.GOOD);
		Rpc<Good, Good> price3 = Rpc.of("price", 3, Shop.GOOD, Shop.GOOD);
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(
				List.of(price4.implementNow((context, good) -> good), price3.implementNow((context, good) -> good)),
				protocol);

		assertThat(Loopback.failure(CALLER.price().dispatchMulti(connection, Shop.TEA)))
			.isInstanceOfSatisfying(VersionMismatchException.class, (ex) -> {
				assertThat(ex.name()).isEqualTo("price");
				assertThat(ex.callerVersions()).containsExactly(1L, 2L);
				assertThat(ex.calleeVersions()).containsExactly(3L, 4L);
				assertThat(ex).hasMessage(connection + ": price: the caller has versions [1, 2], the callee [3, 4] "
						+ "(expected: one that both have)");
			});
		for (CompletableFuture<?> unknown : List.of(CALLER.want().dispatchMulti(connection, Shop.TEA),
				CALLER.ticks().dispatchMulti(connection, Shop.TEA),
				CALLER.book().dispatchMulti(connection, Shop.TEA))) {
			assertThat(Loopback.failure(unknown)).isInstanceOfSatisfying(VersionMismatchException.class, (ex) -> {
				assertThat(ex.callerVersions()).containsExactly(1L, 2L);
				assertThat(ex.calleeVersions()).isEmpty();
				assertThat(ex).hasMessageEndingWith(ex.name() + ": the caller has versions [1, 2], the callee [], "
						+ "since it does not know this name (expected: one that both have)");
			});
		}
	}

	@Test
	void whatTheConnectionSaysArrivesAsItIs() {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version1(), 11);
		ConnectionWithMenu wrong = ConnectionWithMenu.of(connection.connection(),
				Menu.of(List.of(RpcId.of("price", 2))));
		assertThat(Loopback.failure(CALLER.price().dispatchMulti(wrong, Shop.TEA))).isInstanceOfSatisfying(
				RpcException.class,
				(ex) -> assertThat(ex.error()).isEqualTo(new RpcError.UnimplementedRpc("price", 2)));
	}

	@Test
	void sendsMetadataAlong() {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version1(), 11);
		QueryMetadata trace = QueryMetadata.of("trace");
		Loopback.get(CALLER.price().dispatchMulti(connection, Shop.TEA, trace));
		assertThat(this.shop.metadata).contains(trace);
	}

	@Test
	void aQueryThatIsNotConvertedIsNotSent() {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.bothVersions(), 11);
		List<CompletableFuture<?>> calls = List.of(
				CallerConverts.<Good, Long>rpc("price")
					.version(Shop.PRICE_V1, (good) -> refuse(), (euros) -> euros)
					.dispatchMulti(connection, Shop.TEA),
				CallerConverts.<Good>oneWay("want")
					.version(Shop.WANT_V1, (good) -> refuse())
					.dispatchMulti(connection, Shop.TEA),
				CallerConverts.<Good, Long, String>pipe("ticks")
					.version(Shop.TICKS_V1, (good) -> refuse(), (euros) -> euros, (error) -> error)
					.dispatchMulti(connection, Shop.TEA),
				CallerConverts.<Good, Long, Long, String>state("book")
					.version(Shop.BOOK_V1, (good) -> refuse(), (euros) -> euros, (euros) -> euros, (error) -> error)
					.dispatchMulti(connection, Shop.TEA));
		assertThat(calls.stream().map(Loopback::failure))
			.allSatisfy((ex) -> assertThat(ex).isInstanceOf(ConversionException.class)
				.hasMessageEndingWith(" was not converted: java.lang.UnsupportedOperationException: refused"));
		assertThat(Loopback.failure(calls.get(0))).hasMessageStartingWith("price v1: the query");
		// What comes later has arrived, so what came before would have.
		Loopback.get(CALLER.price().dispatchMulti(connection, Shop.TEA));
		assertThat(this.shop.wanted).isEmpty();
	}

	@Test
	void anAnswerThatIsNotConvertedFailsTheCallAlone() {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.bothVersions(), 11);
		CallerRpc<String, Long> price = CallerConverts.<String, Long>rpc("price")
			.version(Shop.PRICE_V1, (name) -> name, (euros) -> refuse());
		assertThat(Loopback.failure(price.dispatchMulti(connection, "tea"))).isInstanceOf(ConversionException.class)
			.hasMessageStartingWith("price v1: the response");
		CallerRpc<String, Long> nothing = CallerConverts.<String, Long>rpc("price")
			.version(Shop.PRICE_V1, (name) -> name, (euros) -> missing());
		assertThat(Loopback.failure(nothing.dispatchMulti(connection, "tea"))).isInstanceOf(ConversionException.class)
			.hasMessageEndingWith("the result (expected: not null)");
		CallerPipeRpc<String, Long, String> ticks = CallerConverts.<String, Long, String>pipe("ticks")
			.version(Shop.TICKS_V1, (name) -> name, (euros) -> euros, (error) -> refuse());
		assertThat(Loopback.failure(ticks.dispatchMulti(connection, "gold"))).isInstanceOf(ConversionException.class)
			.hasMessageStartingWith("ticks v1: the error");
		assertThat(connection.isClosed()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	@Tag("D4")
	void anUpdateThatIsNotConvertedIsAnErrorAndTheStreamGoesOn(int protocol) {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version1(), protocol);
		CallerPipeRpc<String, Long, String> ticks = CallerConverts.<String, Long, String>pipe("ticks")
			.version(Shop.TICKS_V1, (name) -> name, CallerConvertsTests::refuse10, (error) -> error);
		CallerStateRpc<String, Long, Long, String> book = CallerConverts.<String, Long, Long, String>state("book")
			.version(Shop.BOOK_V1, (name) -> name, (euros) -> euros, CallerConvertsTests::refuse10, (error) -> error);
		assertRefuses10(Loopback.get(ticks.dispatchMulti(connection, "tea")).orElseThrow());
		assertRefuses10(Loopback.get(book.dispatchMulti(connection, "tea")).orElseThrow().updates());
	}

	private static void assertRefuses10(Pipe<Result<Long, ConversionException>> updates) {
		List<Result<Long, ConversionException>> all = Loopback.readAll(updates);
		assertThat(all).hasSize(2);
		assertThat(all.get(0)).isInstanceOfSatisfying(Result.Err.class,
				(err) -> assertThat((Throwable) err.error()).isInstanceOf(ConversionException.class)
					.hasMessageContaining(" v1: the update was not converted: "));
		assertThat(all.get(1)).isEqualTo(new Result.Ok<>(11L));
	}

	@Test
	void aStateThatIsNotConvertedEndsTheStream() throws Exception {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version2(), 11);
		CallerStateRpc<Good, Long, Price, Good> book = CallerConverts.<Good, Long, Price, Good>state("book")
			.version(Shop.BOOK_V2, (good) -> good, (price) -> refuse(), (price) -> price, (good) -> good);
		assertThat(Loopback.failure(book.dispatchMulti(connection, new Good("tea", 2))))
			.isInstanceOf(ConversionException.class)
			.hasMessageStartingWith("book v2: the state");
		Loopback.get(endless().closed());
	}

	@Test
	void closingThePipeEndsTheStream() throws Exception {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version2(), 11);
		Pipe<Result<Price, ConversionException>> updates = Loopback
			.get(CALLER.ticks().dispatchMulti(connection, new Good("tea", 2)))
			.orElseThrow();
		assertThat(Loopback.get(updates.read())).contains(ok(20, "of v2"));
		PipeWriter<?> atTheServer = endless();
		assertThat(atTheServer.isClosed()).isFalse();
		updates.close();
		Loopback.get(atTheServer.closed());
	}

	@Test
	void aStreamFailsWithItsConnection() {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.version2(), 11);
		Pipe<Result<Price, ConversionException>> updates = Loopback
			.get(CALLER.ticks().dispatchMulti(connection, new Good("tea", 2)))
			.orElseThrow();
		assertThat(Loopback.get(updates.read())).contains(ok(20, "of v2"));
		CompletableFuture<Optional<Result<Price, ConversionException>>> next = updates.read();
		connection.closeAsync();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> Loopback.get(next))
			.withCauseInstanceOf(RpcException.class);
	}

	@Test
	void cancellingTheCallEndsTheStream() throws Exception {
		CompletableFuture<Outcome<Pipe<Price>, Good>> answer = new CompletableFuture<>();
		CompletableFuture<Good> asked = new CompletableFuture<>();
		ConnectionWithMenu connection = this.loopback
			.connectWithMenuTo(List.of(Shop.TICKS_V2.implement((context, good) -> {
				asked.complete(good);
				return answer;
			})), 11);
		CompletableFuture<?> call = CALLER.ticks().dispatchMulti(connection, Shop.TEA);
		Loopback.get(asked);
		call.cancel(false);
		PipeWriter<Price> updates = PipeWriter.create();
		answer.complete(Outcome.accepted(updates.pipe()));
		Loopback.get(updates.closed());
	}

	@Test
	void refusesAVersionOfAnotherRpcAndOneThatIsThere() {
		CallerRpc<String, Long> price = CallerConverts.<String, Long>rpc("price")
			.version(Shop.PRICE_V1, (name) -> name, (euros) -> euros);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> price.version(Shop.PRICE_V1, (name) -> name, (euros) -> euros))
			.withMessage("rpc: price v1 twice (expected: each version once)");
		Rpc<String, Long> other = Rpc.of("cost", 2, BinCodecs.STRING, BinCodecs.INT);
		assertThatIllegalArgumentException().isThrownBy(() -> price.version(other, (name) -> name, (euros) -> euros))
			.withMessage("rpc: cost v2 (expected: a version of price)");
		assertThat(price).hasToString("CallerRpc(price [1])");
	}

	private PipeWriter<?> endless() throws InterruptedException {
		PipeWriter<?> writer = this.shop.endless.poll(30, TimeUnit.SECONDS);
		assertThat(writer).isNotNull();
		return writer;
	}

	private static Result<Price, ConversionException> ok(long euros, String remark) {
		return new Result.Ok<>(new Price(euros, remark));
	}

	private static long refuse10(long euros) {
		if (euros == 10) {
			throw new UnsupportedOperationException("refused");
		}
		return euros;
	}

	@SuppressWarnings("TypeParameterUnusedInFormals")
	private static <T> T refuse() {
		throw new UnsupportedOperationException("refused");
	}

	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T missing() {
		return null;
	}

}
