package io.persistentconn.autoconfigure.test;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Result;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.durable.Durable;
import io.persistentconn.durable.DurableStateRpc;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.durable.SubscriptionOptions;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.versioned.CallerConverts;
import io.persistentconn.rpc.versioned.CallerRpc;
import io.persistentconn.rpc.versioned.CallerStateRpc;
import io.persistentconn.rpc.versioned.ConnectionWithMenu;
import io.persistentconn.rpc.versioned.ConversionException;
import io.persistentconn.tcp.CloseExisting;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that knows two versions, and a server that knows the older one: as the
 * README says.
 */
@Tag("V2")
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0",
				"persistent-conn.connections.quotes.protocol=rpc",
				"persistent-conn.connections.quotes.retry-delay=10ms" })
@AutoConfigureInMemoryConnections
class VersionedTests {

	private static final CallerRpc<String, String> PRICE = CallerConverts.<String, String>rpc("price")
		.version(Rpc.of("price", 1, BinCodecs.STRING, BinCodecs.INT), (symbol) -> symbol, (cents) -> cents + " cents")
		.version(Rpc.of("price", 2, BinCodecs.STRING, BinCodecs.STRING), (symbol) -> symbol, (price) -> price);

	private static final CallerStateRpc<String, String, String, String> PRICES = CallerConverts
		.<String, String, String, String>state("prices")
		.version(StateRpc.of("prices", 1, BinCodecs.STRING, BinCodecs.INT, BinCodecs.INT, BinCodecs.STRING),
				(symbol) -> symbol, (cents) -> cents + " cents", (cents) -> cents + " cents", (error) -> error)
		.version(StateRpc.of("prices", 2, BinCodecs.STRING, BinCodecs.STRING, BinCodecs.STRING, BinCodecs.STRING),
				(symbol) -> symbol, (price) -> price, (price) -> price, (error) -> error);

	@Test
	void aCallIsMadeInTheHighestVersionThatBothKnow(@Autowired PersistentConnection<RpcConnection> quotes) {
		CompletableFuture<String> price = quotes.connected()
			.thenCompose(ConnectionWithMenu::create)
			.thenCompose((connection) -> PRICE.dispatchMulti(connection, "AAPL"));
		assertThat(price).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo("150 cents");
	}

	@Test
	@Tag("D4")
	void aSubscriptionRecoversInTheVersionThatBothKnow(@Autowired Application application,
			@Autowired TcpServers servers) throws Exception {
		application.await("150 cents");
		servers.get("quotes").stop(CloseExisting.YES).get(60, TimeUnit.SECONDS);
		application.await("lost");
		servers.get("quotes").start().get(60, TimeUnit.SECONDS);
		application.await("150 cents");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Server.class)
	static class Application {

		private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

		@Bean(destroyMethod = "close")
		Pipe<StateUpdate<String, Result<String, ConversionException>, String>> prices(
				PersistentConnection<RpcConnection> quotes) {
			Durable<ConnectionWithMenu> durable = Durable.create(quotes.timeSource(),
					() -> quotes.connectedOrFailedToConnect().thenCompose(ConnectionWithMenu::create),
					ConnectionWithMenu::isClosed);
			Pipe<StateUpdate<String, Result<String, ConversionException>, String>> prices = DurableStateRpc
				.createVersioned(durable, PRICES, "AAPL", SubscriptionOptions.resubscribeAfter(Duration.ofMillis(10)));
			prices.forEach((update) -> {
				if (update instanceof StateUpdate.State<?, ?, ?> state) {
					this.told.add(state.state().toString());
				}
				else if (update instanceof StateUpdate.LostConnection) {
					this.told.add("lost");
				}
				return CompletableFuture.completedFuture(null);
			});
			return prices;
		}

		void await(String expected) throws InterruptedException {
			assertThat(this.told.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);
		}

	}

	@RpcService
	static class Server {

		@RpcMapping
		long price(String symbol) {
			return 150;
		}

		@RpcMapping
		StateStream<Long, Long> prices(String symbol) {
			return new StateStream<>(150L, PipeWriter.<Long>create().pipe());
		}

	}

}
