package io.persistentconn.autoconfigure.subscription;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.PersistentConnAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnConnectionsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnServersAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnSubscriptionsAutoConfiguration;
import io.persistentconn.autoconfigure.contract.RpcContractException;
import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.durable.StateUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What cannot work stops the start, and names the bean and the method.
 */
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionMistakesTests {

	static Stream<Arguments> mistakes() {
		return Stream.of(arguments(NoConnection.class, "name: \"orders\" (expected: one of bytes, other, quotes)"),
				arguments(BytesConnection.class, "PersistentConnection<RpcConnection>"),
				arguments(NoPlaceholder.class, "Could not resolve placeholder 'nobody'"),
				arguments(NoParameter.class, "it has no parameter"),
				arguments(TwoParameters.class, "after the update it has parameters of the types java.lang.String"),
				arguments(ThreeParameters.class, "of the types " + NamedSubscription.class.getName() + ", int"),
				arguments(NoConnections.class, "it has no connection"),
				arguments(OneNameOverTwoConnections.class, "(expected: one that no other subscription has)"),
				arguments(WrongParameter.class, "its first parameter is of the type java.lang.String"),
				arguments(RawParameter.class,
						"its first parameter is of the type io.persistentconn.durable.StateUpdate"),
				arguments(NoCodec.class, "there is no codec for the state of the RPC, java.lang.Thread"),
				arguments(WrongResult.class, "it returns int"),
				arguments(TwoOfOneName.class, "(expected: one that no other subscription has)"),
				arguments(TwoQueries.class, "it has both a query and a queryBean"),
				arguments(NoQueryBean.class, "there is no bean 'nobody' for its query"),
				arguments(QueryOfUnknownType.class, "the bean 'supplier' for its query is a Supplier of unknown type"),
				arguments(BadRpc.class, "(expected: 63 bits)"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void aMistakeStopsTheStart(Class<?> type, String problem) {
		ApplicationContextRunner runner = Applications.runner()
			.withPropertyValues("persistent-conn.connections.bytes.addresses=localhost:1",
					"persistent-conn.connections.other.addresses=localhost:1",
					"persistent-conn.connections.other.protocol=rpc")
			.withBean("reader", type)
			.withUserConfiguration(Suppliers.class);
		runner.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(RpcContractException.class)
				.hasMessageStartingWith("The bean 'reader', " + type.getName() + ".on")
				.hasMessageContaining(problem);
		});
	}

	@Test
	void theAnalysisSaysWhatToDo(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(RpcContractException.class).isThrownBy(application::run);
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "The bean 'reader', ",
				"WrongParameter.on(String): its first parameter is of the type java.lang.String.",
				"Give it a parameter, a StateUpdate<state, update, error> or a PipeUpdate<update, error>.");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PersistentConnAutoConfiguration.class, PersistentConnConnectionsAutoConfiguration.class,
			PersistentConnServersAutoConfiguration.class, PersistentConnSubscriptionsAutoConfiguration.class })
	static class Application {

		@Bean
		WrongParameter reader() {
			return new WrongParameter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Suppliers {

		@Bean
		Supplier<?> supplier() {
			return () -> "AAPL";
		}

	}

	static class NoConnection {

		@DurableSubscription(connection = "orders", rpc = "book")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class BytesConnection {

		@DurableSubscription(connection = "bytes", rpc = "book")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class NoPlaceholder {

		@DurableSubscription(connection = "quotes", rpc = "book", query = "${nobody}")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class NoParameter {

		@DurableSubscription(connection = "quotes", rpc = "book")
		void on() {
		}

	}

	static class TwoParameters {

		@DurableSubscription(connection = "quotes", rpc = "book")
		void on(PipeUpdate<String, String> update, String other) {
		}

	}

	static class ThreeParameters {

		@DurableSubscription(connection = "quotes", rpc = "book")
		void on(PipeUpdate<String, String> update, NamedSubscription subscription, int other) {
		}

	}

	static class NoConnections {

		@DurableSubscription(connection = "${nobody:}", rpc = "book")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class OneNameOverTwoConnections {

		@DurableSubscription(connection = { "quotes", "other" }, rpc = "book")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class WrongParameter {

		@DurableSubscription(connection = "quotes", rpc = "book")
		void on(String update) {
		}

	}

	static class RawParameter {

		@SuppressWarnings("rawtypes")
		@DurableSubscription(connection = "quotes", rpc = "book")
		void on(StateUpdate update) {
		}

	}

	static class NoCodec {

		@DurableSubscription(connection = "quotes", rpc = "book")
		void on(StateUpdate<Thread, String, String> update) {
		}

	}

	static class WrongResult {

		@DurableSubscription(connection = "quotes", rpc = "book")
		int on(PipeUpdate<String, String> update) {
			return 0;
		}

	}

	static class TwoOfOneName {

		@DurableSubscription(connection = "quotes", rpc = "book")
		void on(PipeUpdate<String, String> update) {
		}

		@DurableSubscription(connection = "quotes", rpc = "trades", name = "book")
		void onOther(PipeUpdate<String, String> update) {
		}

	}

	static class TwoQueries {

		@DurableSubscription(connection = "quotes", rpc = "book", query = "AAPL", queryBean = "supplier")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class NoQueryBean {

		@DurableSubscription(connection = "quotes", rpc = "book", queryBean = "nobody")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class QueryOfUnknownType {

		@DurableSubscription(connection = "quotes", rpc = "book", queryBean = "supplier")
		void on(PipeUpdate<String, String> update) {
		}

	}

	static class BadRpc {

		@DurableSubscription(connection = "quotes", rpc = "book", version = Long.MAX_VALUE)
		void on(PipeUpdate<String, String> update) {
		}

	}

}
