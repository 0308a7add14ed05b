package io.persistentconn.rpc.versioned;

import io.persistentconn.rpc.versioned.Shop.Good;
import io.persistentconn.rpc.versioned.Shop.Price;

/**
 * The RPCs of the {@link Shop} on a model, which is version 2 as far as there is one.
 */
final class Converting {

	private Converting() {
	}

	static Caller caller() {
		return new Caller(
				CallerConverts.<Good, Price>rpc("price")
					.version(Shop.PRICE_V1, Good::name, Converting::priceOfV1)
					.version(Shop.PRICE_V2, (good) -> good, (price) -> price),
				CallerConverts.<Good>oneWay("want")
					.version(Shop.WANT_V1, Good::name)
					.version(Shop.WANT_V2, (good) -> good),
				CallerConverts.<Good, Price, Good>pipe("ticks")
					.version(Shop.TICKS_V1, Good::name, Converting::priceOfV1, (reason) -> new Good(reason, 0))
					.version(Shop.TICKS_V2, (good) -> good, (price) -> price, (good) -> good),
				CallerConverts.<Good, Price, Price, Good>state("book")
					.version(Shop.BOOK_V1, Good::name, Converting::priceOfV1, Converting::priceOfV1,
							(reason) -> new Good(reason, 0))
					.version(Shop.BOOK_V2, (good) -> good, (price) -> price, (price) -> price, (good) -> good));
	}

	static Callee callee() {
		return new Callee(
				CalleeConverts.<Good, Price>rpc("price")
					.version(Shop.PRICE_V1, Converting::goodOfV1, Price::euros)
					.version(Shop.PRICE_V2, (good) -> good, (price) -> price),
				CalleeConverts.<Good>oneWay("want")
					.version(Shop.WANT_V1, Converting::goodOfV1)
					.version(Shop.WANT_V2, (good) -> good),
				CalleeConverts.<Good, Price, Good>pipe("ticks")
					.version(Shop.TICKS_V1, Converting::goodOfV1, Price::euros, Good::name)
					.version(Shop.TICKS_V2, (good) -> good, (price) -> price, (good) -> good),
				CalleeConverts.<Good, Price, Price, Good>state("book")
					.version(Shop.BOOK_V1, Converting::goodOfV1, Price::euros, Price::euros, Good::name)
					.version(Shop.BOOK_V2, (good) -> good, (price) -> price, (price) -> price, (good) -> good));
	}

	static Price priceOfV1(long euros) {
		return new Price(euros, "of v1");
	}

	static Good goodOfV1(String name) {
		return new Good(name, 100);
	}

	record Caller(CallerRpc<Good, Price> price, CallerOneWayRpc<Good> want, CallerPipeRpc<Good, Price, Good> ticks,
			CallerStateRpc<Good, Price, Price, Good> book) {
	}

	record Callee(CalleeRpc<Good, Price> price, CalleeOneWayRpc<Good> want, CalleePipeRpc<Good, Price, Good> ticks,
			CalleeStateRpc<Good, Price, Price, Good> book) {
	}

}
