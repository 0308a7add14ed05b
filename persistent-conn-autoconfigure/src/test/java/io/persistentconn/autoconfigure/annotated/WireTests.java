package io.persistentconn.autoconfigure.annotated;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Pair;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a peer that knows nothing of annotations sees of a service.
 */
class WireTests {

	@Test
	@Tag("R3")
	void noArgumentIsUnitOneIsItselfAndSeveralAreATuple() {
		Applications.server(Types.class).run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = Applications.connect(context, peer);
				assertThat(RpcPeer
					.get(Rpc.of("no-argument", 1, BinCodecs.UNIT, BinCodecs.UNIT).dispatch(connection, Unit.UNIT)))
					.isEqualTo(Unit.UNIT);
				assertThat(RpcPeer.get(Rpc.of("one", 1, BinCodecs.STRING, BinCodecs.INT).dispatch(connection, "four")))
					.isEqualTo(4);
				Rpc<Pair<String, Optional<Long>>, Optional<String>> two = Rpc.of("two", 1,
						BinCodecs.pair(BinCodecs.STRING, BinCodecs.option(BinCodecs.INT)),
						BinCodecs.option(BinCodecs.STRING));
				assertThat(RpcPeer.get(two.dispatch(connection, new Pair<>("x", Optional.empty())))).isEmpty();
				assertThat(RpcPeer.get(two.dispatch(connection, new Pair<>("x", Optional.of(3L))))).contains("xxx");
				assertThat(connection.peerMenu().orElseThrow().ids()).extracting(RpcId::toString)
					.containsExactlyInAnyOrder("no-argument v1", "one v1", "two v1", "get-url-of v7");
			}
		});
	}

	@Test
	void versionsOfOneNameWorkSideBySide() {
		Applications.server(Greetings.class).run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = Applications.connect(context, peer);
				assertThat(
						RpcPeer.get(Rpc.of("greet", 1, BinCodecs.STRING, BinCodecs.STRING).dispatch(connection, "Bob")))
					.isEqualTo("Hello, Bob!");
				assertThat(RpcPeer
					.get(Rpc.of("greet", 2, BinCodecs.pair(BinCodecs.STRING, BinCodecs.STRING), BinCodecs.STRING)
						.dispatch(connection, new Pair<>("Bob", "Hallo"))))
					.isEqualTo("Hallo, Bob!");
			}
		});
	}

	@Test
	@Tag("R9")
	void aHandlerMayAskForItsCaller() {
		Applications.server(Callers.class).run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = Applications.connect(context, peer);
				Rpc<String, List<String>> caller = Rpc.of("caller", 1, BinCodecs.STRING,
						BinCodecs.list(BinCodecs.STRING));
				assertThat(RpcPeer.get(caller.dispatch(connection, "x", QueryMetadata.of("trace"))))
					.containsExactly("x", "true", "true", "trace", "trace");
				assertThat(RpcPeer.get(caller.dispatch(connection, "x"))).containsExactly("x", "true", "true", "none",
						"none");
			}
		});
	}

	@Test
	void codecBeansComeBeforeDerivedOnesAlsoWithinOtherTypes() {
		Applications.server(Codecs.class, Money.class).run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = Applications.connect(context, peer);
				Rpc<String, String> twice = Rpc.of("twice", 1, BinCodecs.STRING, BinCodecs.STRING);
				assertThat(RpcPeer.get(twice.dispatch(connection, "EUR 2"))).isEqualTo("EUR 4");
				Rpc<List<String>, Long> sum = Rpc.of("sum", 1, BinCodecs.list(BinCodecs.STRING), BinCodecs.INT);
				assertThat(RpcPeer.get(sum.dispatch(connection, List.of("EUR 2", "EUR 3")))).isEqualTo(5);
				Rpc<String, Long> words = Rpc.of("words", 1, BinCodecs.STRING, BinCodecs.INT);
				assertThat(RpcPeer.get(words.dispatch(connection, "a b c"))).isEqualTo(3);
			}
		});
	}

	@RpcService
	static class Types {

		@RpcMapping
		void noArgument() {
		}

		@RpcMapping
		long one(String text) {
			return text.length();
		}

		@RpcMapping
		@Nullable String two(String text, @Nullable Long times) {
			return (times != null) ? text.repeat(times.intValue()) : null;
		}

		@RpcMapping(version = 7)
		String getURLOf(String text) {
			return text;
		}

	}

	@RpcService
	static class Greetings {

		@RpcMapping(name = "greet")
		String greet(String name) {
			return greetIn(name, "Hello");
		}

		@RpcMapping(name = "greet", version = 2)
		String greetIn(String name, String greeting) {
			return greeting + ", " + name + "!";
		}

	}

	@RpcService
	static class Callers {

		@RpcMapping
		CompletionStage<List<String>> caller(RpcConnection connection, String text, SocketAddress address,
				RpcContext context, @Nullable QueryMetadata metadata, Optional<QueryMetadata> optional) {
			return CompletableFuture.completedStage(
					List.of(text, String.valueOf(connection == context.connection() && !connection.isClosed()),
							String.valueOf(connection.remoteAddress().equals(address)),
							text(Optional.ofNullable(metadata)), text(optional)));
		}

		private static String text(Optional<QueryMetadata> metadata) {
			return metadata.flatMap((sent) -> sent.payload(QueryMetadata.DEFAULT_KEY)).orElse("none");
		}

	}

	record Amount(String currency, long value) {
	}

	@RpcService
	static class Money {

		@RpcMapping
		Amount twice(Amount amount) {
			return new Amount(amount.currency(), 2 * amount.value());
		}

		@RpcMapping
		long sum(List<Amount> amounts) {
			return amounts.stream().mapToLong(Amount::value).sum();
		}

		@RpcMapping
		long words(List<String> words) {
			return words.size();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Codecs {

		@Bean
		BinCodec<Amount> amount() {
			return BinCodecs.convert(BinCodecs.STRING,
					(text) -> new Amount(text.substring(0, 3), Long.parseLong(text.substring(4))),
					(amount) -> amount.currency() + " " + amount.value());
		}

		@Bean
		BinCodec<List<String>> words() {
			return BinCodecs.convert(BinCodecs.STRING, (text) -> List.of(text.split(" ", -1)),
					(words) -> String.join(" ", words));
		}

	}

}
