package io.persistentconn.autoconfigure.test;

import io.persistentconn.annotation.ImportRpcClients;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of an application that only serves: the test defines the client.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=7000",
				"persistent-conn.connections.quotes.protocol=rpc" })
@AutoConfigureInMemoryConnections
class InMemoryServerTests {

	@Test
	void theServiceIsCalled(@Autowired @Qualifier("quotes") Prices client, @Autowired PricesService service) {
		service.change(42);
		assertThat(client.price("AAPL")).isEqualTo(42);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PricesService.class)
	static class Application {

	}

	@TestConfiguration(proxyBeanMethods = false)
	@ImportRpcClients(types = Prices.class, connection = "quotes")
	static class Client {

	}

}
