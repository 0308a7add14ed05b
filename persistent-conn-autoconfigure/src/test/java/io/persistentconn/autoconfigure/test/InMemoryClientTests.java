package io.persistentconn.autoconfigure.test;

import io.persistentconn.annotation.ImportRpcClients;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of an application that only calls: the test defines the server, and what stands
 * in for the service.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = { "persistent-conn.connections.quotes.protocol=rpc",
		"persistent-conn.connections.quotes.addresses=quotes-1:7000",
		"persistent-conn.connections.other.addresses=other:7000", "persistent-conn.connections.other.auto-start=false",
		"persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0" })
@AutoConfigureInMemoryConnections
class InMemoryClientTests {

	@Test
	void theStandInIsCalledAndSubscribedTo(@Autowired Prices client, @Autowired PricesService standIn,
			@Autowired PricesReader reader) throws Exception {
		assertThat(client.price("AAPL")).isEqualTo(1);
		reader.await("state 1.0");
		standIn.change(42);
		reader.await("change 42.0");
		assertThat(client.price("AAPL")).isEqualTo(42);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportRpcClients(types = Prices.class, connection = "quotes")
	@Import(PricesReader.class)
	static class Application {

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class StandIns {

		@Bean
		@Fallback // Whoever injects the contract means the client.
		PricesService standIn() {
			return new PricesService();
		}

	}

}
