package io.persistentconn.autoconfigure.test;

import java.util.concurrent.TimeUnit;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.autoconfigure.PersistentConnInMemoryAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Contexts beside each other, and contexts that something is missing in.
 */
@ExtendWith(OutputCaptureExtension.class)
class InMemoryContextTests {

	private static final String[] CONNECTION = { "persistent-conn.connections.quotes.protocol=rpc",
			"persistent-conn.connections.quotes.addresses=quotes-1:7000" };

	private final ApplicationContextRunner runner = Contexts.runner()
		.withConfiguration(AutoConfigurations.of(PersistentConnInMemoryAutoConfiguration.class));

	@Test
	void twoContextsHaveTheSamePortsAndDoNotMeet() {
		ApplicationContextRunner both = this.runner.withPropertyValues(CONNECTION)
			.withPropertyValues("persistent-conn.servers.quotes.protocol=rpc",
					"persistent-conn.servers.quotes.port=7000")
			.withUserConfiguration(Both.class);
		both.run((first) -> both.run((second) -> {
			first.getBean(PricesService.class).change(10);
			second.getBean(PricesService.class).change(20);
			assertThat(client(first).price("AAPL")).isEqualTo(10);
			assertThat(client(second).price("AAPL")).isEqualTo(20);
		}));
	}

	private static Prices client(ApplicationContext context) {
		return context.getBean("quotes#" + Prices.class.getName(), Prices.class);
	}

	@Test
	void aConnectionWithoutServerSaysWhatToDefine(CapturedOutput output) {
		SpringApplication application = new SpringApplication(ClientOnly.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--" + CONNECTION[0], "--" + CONNECTION[1]))
			.withStackTraceContaining(NoInMemoryServerException.class.getName());
		assertThat(output)
			.contains("The connection 'quotes' has no server to reach. In memory it reaches the server "
					+ "'quotes' of the same application context, and there is none.")
			.contains("Let the test define it: with the property persistent-conn.servers.quotes.port=0, the protocol"
					+ " of the connection, and beans for what it serves.")
			.contains("set persistent-conn.connections.quotes.auto-start=false.");
	}

	@Test
	void aServerOfAnotherNameIsNotReachedByItsPort() {
		this.runner.withPropertyValues(CONNECTION)
			.withPropertyValues("persistent-conn.servers.other.protocol=rpc", "persistent-conn.servers.other.port=7000")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoInMemoryServerException.class));
	}

	@Test
	void anAttemptThatATestMakesWithoutServerFails() {
		this.runner.withPropertyValues(CONNECTION)
			.withPropertyValues("persistent-conn.connections.quotes.auto-start=false")
			.run((context) -> {
				PersistentConnection<?> quotes = context.getBean(PersistentConnections.class).get("quotes");
				var outcome = quotes.connectedOrFailedToConnect();
				quotes.start();
				assertThat(outcome).failsWithin(60, TimeUnit.SECONDS)
					.withThrowableThat()
					.havingRootCause()
					.isInstanceOf(NoInMemoryServerException.class);
			});
	}

	@Test
	void theTransportOfTheApplicationIsNotUsed() {
		this.runner.withBean(NettyTransport.class, () -> NettyTransport.nio(1, "own"))
			.withBean(TcpHandler.class, () -> (client, reader, writer) -> reader.transferTo(writer))
			.withPropertyValues("persistent-conn.servers.echo.port=7000",
					"persistent-conn.connections.echo.addresses=nobody.invalid:1")
			.run((context) -> assertThat(context.getBean(PersistentConnections.class).get("echo").currentConnection())
				.isPresent());
	}

	@Test
	void nothingIsThereWhenSwitchedOff() {
		this.runner.withPropertyValues("persistent-conn.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(NettyTransport.class)
				.doesNotHaveBean(InMemoryAddresses.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Prices.class, connection = "quotes")
	@Import(PricesService.class)
	static class Both {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigureInMemoryConnections
	static class ClientOnly {

	}

}
