package io.persistentconn.autoconfigure.aot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.rpc.RpcContext;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What annotated beans tell a native image.
 */
class AnnotatedBeansHintsTests {

	/**
	 * Of queries, answers, updates, states and rejections; what a codec bean is for, too.
	 */
	private static final Class<?>[] PAYLOADS = { Prices.Price.class, Prices.Symbol.class, Prices.Venue.class,
			Prices.Session.class, Prices.Tick.class, Prices.Tick.Trade.class, Prices.Tick.Halt.class, Prices.Fill.class,
			Prices.Refusal.class, Prices.Depth.class, Prices.Level.class, Prices.Level[].class, Prices.Change.class,
			Prices.Side.class, Prices.Note.class };

	@Test
	void aClientIsAProxyAndItsTypesAreKnown() {
		Hints hints = Hints.of(Client.class);
		assertThat(hints.test(RuntimeHintsPredicates.proxies().forInterfaces(Prices.class))).isTrue();
		assertThat(hints.calls(Prices.class, "ticks")).isTrue();
		assertThat(hints.calls(Lookup.class, "find")).isTrue();
		assertThat(hints.calls(Prices.class, "bid")).as("a default method").isTrue();
		hints.assertDerivable(PAYLOADS);
	}

	@Test
	void aClientWithoutTypesIsAProxyAsWell() {
		Hints hints = Hints.of(PingClient.class);
		assertThat(hints.test(RuntimeHintsPredicates.proxies().forInterfaces(Ping.class))).isTrue();
	}

	@Test
	void theMethodsOfAServiceAreCalledAndItsTypesAreKnown() {
		Hints hints = Hints.of(PricesService.class);
		assertThat(hints.calls(PricesService.class, "find")).isTrue();
		assertThat(hints.calls(PricesService.class, "note")).isTrue();
		assertThat(hints.calls(PricesService.class, "notes")).as("no RPC").isFalse();
		assertThat(hints.calls(PricesService.class, "refuse")).as("an exception handler").isTrue();
		assertThat(hints.calls(Prices.class, "depth")).as("where its annotation is").isTrue();
		hints.assertDerivable(PAYLOADS);
		assertThat(hints.test(RuntimeHintsPredicates.proxies().forInterfaces(Prices.class))).isFalse();
	}

	@Test
	void aServiceNeedNotHaveAContract() {
		Hints hints = Hints.of(Alone.class);
		assertThat(hints.calls(Alone.class, "twice")).isTrue();
		hints.assertDerivable(Question.class, Answer.class);
	}

	@Test
	void anyBeanMayHandleExceptions() {
		assertThat(Hints.of(Advice.class).calls(Advice.class, "explain")).isTrue();
	}

	@Test
	void theMethodOfASubscriptionIsCalledAndItsTypesAreKnown() {
		Hints hints = Hints.of(DepthReader.class);
		assertThat(hints.calls(DepthReader.class, "onDepth")).isTrue();
		hints.assertDerivable(Prices.Symbol.class, Prices.Level.class, Prices.Level[].class, Prices.Change.class,
				Prices.Side.class);
		hints.assertDerivable(Prices.Depth.class);
	}

	@Test
	void aSubscriptionToAPipeMayAskWhatABeanIs() {
		Hints hints = Hints.of(Pipes.class);
		assertThat(hints.calls(Pipes.class, "onAnswer")).isTrue();
		hints.assertDerivable(Question.class, Answer.class, Prices.Refusal.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Prices.class, connection = "prices")
	static class Client {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Ping.class, connection = "prices")
	static class PingClient {

	}

	interface Ping {

		@RpcMapping
		CompletableFuture<Void> ping();

	}

	@RpcService
	static class Alone {

		@RpcMapping
		Flow.Publisher<List<Answer>> twice(RpcContext context, Question question) {
			throw new UnsupportedOperationException();
		}

	}

	static class Advice {

		@RpcExceptionHandler
		Exception explain(Exception ex) {
			return ex;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pipes {

		@DurableSubscription(connection = "prices", rpc = "answers", queryBean = "question")
		void onAnswer(PipeUpdate<Answer, Prices.Refusal> update) {
		}

		@Bean
		static Question question() {
			return new Question("what?");
		}

	}

	record Question(String text) {
	}

	record Answer(String text) {
	}

}
