package io.persistentconn.rpc.versioned;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.NotAuthorizedException;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.protocol.RpcError;
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
class CalleeConvertsTests {

	private static final Price SEVEN = new Price(7, "of the model");

	private static final Price EIGHT = new Price(8, "of the model");

	private final Loopback loopback = new Loopback();

	private final BlockingQueue<Good> wanted = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		this.loopback.close();
	}

	/** One handler for each kind of RPC. */
	private List<Implementation> implementations() {
		Converting.Callee callee = Converting.callee();
		List<Implementation> all = new ArrayList<>();
		all.addAll(callee.price()
			.implementMulti((context, good) -> CompletableFuture
				.completedFuture(new Price(good.quantity(), "for " + good.name()))));
		all.addAll(callee.want().implementMulti((context, good) -> this.wanted.add(good)));
		all.addAll(callee.ticks()
			.implementMulti((context, good) -> CompletableFuture.completedFuture(
					good.name().equals("gold") ? Outcome.rejected(good) : Outcome.accepted(Shop.pipe(SEVEN, EIGHT)))));
		all.addAll(callee.book()
			.implementMulti((context, good) -> CompletableFuture.completedFuture(good.name().equals("gold")
					? Outcome.rejected(good) : Outcome.accepted(new StateStream<>(SEVEN, Shop.pipe(EIGHT))))));
		return all;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void oneHandlerAnswersAllVersions(int protocol) throws Exception {
		ConnectionWithMenu withMenu = this.loopback.connectWithMenuTo(implementations(), protocol);
		assertThat(List.of("price", "want", "ticks", "book"))
			.allSatisfy((name) -> assertThat(withMenu.versions(name)).containsExactly(1L, 2L));
		RpcConnection connection = withMenu.connection();

		assertThat(Loopback.get(Shop.PRICE_V1.dispatch(connection, "tea"))).isEqualTo(100);
		assertThat(Loopback.get(Shop.PRICE_V2.dispatch(connection, Shop.TEA))).isEqualTo(new Price(1, "for tea"));

		Loopback.get(Shop.WANT_V1.dispatch(connection, "tea"));
		assertThat(this.wanted.poll(30, TimeUnit.SECONDS)).isEqualTo(new Good("tea", 100));
		Loopback.get(Shop.WANT_V2.dispatch(connection, Shop.TEA));
		assertThat(this.wanted.poll(30, TimeUnit.SECONDS)).isEqualTo(Shop.TEA);

		assertThat(Loopback.readAll(Loopback.get(Shop.TICKS_V1.dispatch(connection, "tea")).orElseThrow()))
			.containsExactly(7L, 8L);
		assertThat(Loopback.readAll(Loopback.get(Shop.TICKS_V2.dispatch(connection, Shop.TEA)).orElseThrow()))
			.containsExactly(SEVEN, EIGHT);
		assertThat(Loopback.get(Shop.TICKS_V1.dispatch(connection, "gold"))).isEqualTo(Outcome.rejected("gold"));
		assertThat(Loopback.get(Shop.TICKS_V2.dispatch(connection, Shop.GOLD))).isEqualTo(Outcome.rejected(Shop.GOLD));

		StateStream<Long, Long> book1 = Loopback.get(Shop.BOOK_V1.dispatch(connection, "tea")).orElseThrow();
		assertThat(book1.state()).isEqualTo(7);
		assertThat(Loopback.readAll(book1.updates())).containsExactly(8L);
		StateStream<Price, Price> book2 = Loopback.get(Shop.BOOK_V2.dispatch(connection, Shop.TEA)).orElseThrow();
		assertThat(book2.state()).isEqualTo(SEVEN);
		assertThat(Loopback.readAll(book2.updates())).containsExactly(EIGHT);
		assertThat(Loopback.get(Shop.BOOK_V1.dispatch(connection, "gold"))).isEqualTo(Outcome.rejected("gold"));
		assertThat(Loopback.get(Shop.BOOK_V2.dispatch(connection, Shop.GOLD))).isEqualTo(Outcome.rejected(Shop.GOLD));
	}

	@Test
	void aConversionThatThrowsFailsThatCallAlone() {
		CalleeRpc<Good, Price> price = CalleeConverts.<Good, Price>rpc("price")
			.version(Shop.PRICE_V1, (name) -> refuse(), Price::euros)
			.version(Shop.PRICE_V2, (good) -> good, (answer) -> (answer.euros() == 2) ? refuse() : answer);
		RpcConnection connection = this.loopback.connectTo(
				price.implementMulti(
						(context, good) -> CompletableFuture.completedFuture(new Price(good.quantity(), good.name()))),
				11);
		assertUncaught(Shop.PRICE_V1.dispatch(connection, "tea"), "price v1: the query was not converted");
		assertUncaught(Shop.PRICE_V2.dispatch(connection, new Good("tea", 2)),
				"price v2: the response was not converted");
		assertThat(Loopback.get(Shop.PRICE_V2.dispatch(connection, Shop.TEA))).isEqualTo(new Price(1, "tea"));
	}

	@Test
	void aHandlerThatRefusesIsStillUnderstood() {
		RpcConnection connection = this.loopback.connectTo(Converting.callee()
			.price()
			.implementMulti((context, good) -> CompletableFuture.failedFuture(new NotAuthorizedException("no credit"))),
				11);
		assertThat(Loopback.failure(Shop.PRICE_V1.dispatch(connection, "tea"))).isInstanceOfSatisfying(
				RpcException.class, (ex) -> assertThat(ex.error()).isInstanceOf(RpcError.AuthorizationFailure.class));
	}

	@Test
	void aStateThatIsNotConvertedFailsTheCallAndNobodyReadsTheUpdates() {
		PipeWriter<Price> updates = PipeWriter.create();
		RpcConnection connection = this.loopback.connectTo(CalleeConverts.<Good, Price, Price, Good>state("book")
			.version(Shop.BOOK_V2, (good) -> good, (state) -> refuse(), (update) -> update, (error) -> error)
			.implementMulti((context, good) -> CompletableFuture
				.completedFuture(Outcome.accepted(new StateStream<>(SEVEN, updates.pipe())))), 11);
		assertUncaught(Shop.BOOK_V2.dispatch(connection, Shop.TEA), "book v2: the state was not converted");
		Loopback.get(updates.closed());
	}

	@Test
	void anUpdateThatIsNotConvertedFailsThatStreamAlone() {
		PipeWriter<Price> updates = PipeWriter.create();
		RpcConnection connection = this.loopback.connectTo(
				CalleeConverts.<Good, Price, Good>pipe("ticks")
					.version(Shop.TICKS_V1, Converting::goodOfV1,
							(price) -> (price.euros() == 8) ? refuse() : price.euros(), Good::name)
					.version(Shop.TICKS_V2, (good) -> good, (price) -> price, (good) -> good)
					.implementMulti((context, good) -> CompletableFuture.completedFuture(
							Outcome.accepted((good.quantity() == 100) ? updates.pipe() : Shop.pipe(SEVEN, EIGHT)))),
				11);
		Pipe<Long> failing = Loopback.get(Shop.TICKS_V1.dispatch(connection, "tea")).orElseThrow();
		updates.writeWithoutPushback(SEVEN);
		assertThat(Loopback.get(failing.read())).contains(7L);
		updates.writeWithoutPushback(EIGHT);
		assertUncaught(failing.read(), "ticks v1: the update was not converted");
		Loopback.get(updates.closed());
		assertThat(Loopback.readAll(Loopback.get(Shop.TICKS_V2.dispatch(connection, Shop.TEA)).orElseThrow()))
			.containsExactly(SEVEN, EIGHT);
	}

	@Test
	void whatIsPublishedStopsWhenTheCallerWantsNoMore() {
		PipeWriter<Price> updates = PipeWriter.create();
		RpcConnection connection = this.loopback.connectTo(Converting.callee()
			.ticks()
			.implementMulti((context, good) -> CompletableFuture.completedFuture(Outcome.accepted(updates.pipe()))),
				11);
		Pipe<Long> ticks = Loopback.get(Shop.TICKS_V1.dispatch(connection, "tea")).orElseThrow();
		updates.writeWithoutPushback(SEVEN);
		assertThat(Loopback.get(ticks.read())).contains(7L);
		ticks.close();
		Loopback.get(updates.closed());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void bothSidesConvertEachToItsOwnModel(int protocol) throws Exception {
		BothConvert<CallerRpc<String, String>, CalleeRpc<Good, Long>> price = BothConvert.rpc(
				CallerConverts.<String, String>rpc("price")
					.version(Shop.PRICE_V1, (name) -> name, (euros) -> euros + " by v1")
					.version(Shop.PRICE_V2, (name) -> new Good(name, 3), (answer) -> answer.euros() + " by v2"),
				CalleeConverts.<Good, Long>rpc("price")
					.version(Shop.PRICE_V1, Converting::goodOfV1, (euros) -> euros)
					.version(Shop.PRICE_V2, (good) -> good, (euros) -> new Price(euros, "")));
		List<Implementation> versions = price.callee()
			.implementMulti((context, good) -> CompletableFuture.completedFuture(good.quantity() * 2));
		ConnectionWithMenu both = this.loopback.connectWithMenuTo(versions, protocol);
		assertThat(Loopback.get(price.caller().dispatchMulti(both, "tea"))).isEqualTo("6 by v2");
		ConnectionWithMenu older = this.loopback.connectWithMenuTo(versions.subList(0, 1), protocol);
		assertThat(Loopback.get(price.caller().dispatchMulti(older, "tea"))).isEqualTo("200 by v1");

		Converting.Caller caller = Converting.caller();
		Converting.Callee callee = Converting.callee();
		BothConvert<CallerOneWayRpc<Good>, CalleeOneWayRpc<Good>> want = BothConvert.oneWay(caller.want(),
				callee.want());
		BothConvert<CallerPipeRpc<Good, Price, Good>, CalleePipeRpc<Good, Price, Good>> ticks = BothConvert
			.pipe(caller.ticks(), callee.ticks());
		BothConvert<CallerStateRpc<Good, Price, Price, Good>, CalleeStateRpc<Good, Price, Price, Good>> book = BothConvert
			.state(caller.book(), callee.book());
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(implementations(), protocol);
		Loopback.get(want.caller().dispatchMulti(connection, Shop.TEA));
		assertThat(this.wanted.poll(30, TimeUnit.SECONDS)).isEqualTo(Shop.TEA);
		assertThat(Loopback.readAll(Loopback.get(ticks.caller().dispatchMulti(connection, Shop.TEA)).orElseThrow()))
			.hasSize(2);
		assertThat(Loopback.get(book.caller().dispatchMulti(connection, Shop.TEA)).orElseThrow().state())
			.isEqualTo(SEVEN);
	}

	@Test
	void bothHalvesMustHaveTheSameVersions() {
		CallerOneWayRpc<Good> caller = CallerConverts.<Good>oneWay("want").version(Shop.WANT_V1, Good::name);
		assertThatIllegalArgumentException().isThrownBy(() -> BothConvert.oneWay(caller, Converting.callee().want()))
			.withMessage("versions: caller has want [1], callee has want [1, 2] (expected: the same)");
	}

	private static void assertUncaught(CompletableFuture<?> call, String message) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> Loopback.get(call))
			.havingCause()
			.isInstanceOfSatisfying(RpcException.class,
					(ex) -> assertThat(ex.error()).isInstanceOfSatisfying(RpcError.UncaughtException.class,
							(error) -> assertThat(error.error().toString()).contains(message)));
	}

	@SuppressWarnings("TypeParameterUnusedInFormals")
	private static <T> T refuse() {
		throw new UnsupportedOperationException("refused");
	}

}
