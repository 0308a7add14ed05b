package io.persistentconn.autoconfigure.properties;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.tcp.BufferAgeLimit;
import io.persistentconn.tcp.WhereToConnect;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class InheritanceTests {

	@Test
	void withoutPropertiesThereIsNothing() {
		PersistentConnProperties properties = Properties.yaml("").bind();
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.netty()).isEqualTo(new NettyProperties(NettyProperties.Transport.AUTO, 0));
		assertThat(properties.servers()).isEmpty();
		assertThat(properties.connections()).isEmpty();
	}

	@Test
	void anEntryHasTheDocumentedDefaults() {
		ConnectionProperties connection = Properties
			.yaml("persistent-conn.connections.quotes.addresses: localhost:7000")
			.bind()
			.connections()
			.get("quotes");
		assertThat(connection.addresses()).containsExactly(WhereToConnect.hostAndPort("localhost", 7000));
		assertThat(connection.retryDelay()).isEqualTo(Duration.ofSeconds(10));
		assertThat(connection.bufferAgeLimit()).isEqualTo(BufferAgeLimit.DEFAULT);
		assertThat(connection.keepAlive())
			.isEqualTo(new KeepAliveProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), 6));
		assertThat(connection.health()).isEqualTo(new ConnectionProperties.Health(true, true, Duration.ofSeconds(30)));
		assertThat(connection.maxRetryDelay()).isNull();
		assertThat(connection.protocol()).isEqualTo(Protocol.TCP);
		assertThat(connection.maxMessageSize().toBytes()).isEqualTo(RpcOptions.DEFAULT_MAX_MESSAGE_SIZE);
		assertThat(connection.calls().timeout()).isEqualTo(Duration.ofSeconds(30));
		HeartbeatProperties heartbeat = connection.heartbeat();
		assertThat(new Heartbeat(heartbeat.sendEvery(), heartbeat.timeout(), heartbeat.style()))
			.isEqualTo(Heartbeat.defaults());
	}

	@Test
	void whatIsForRpcsMayBeInheritedByEntriesWithoutThem() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  defaults:
				    connection: { heartbeat: { send-every: 1s, timeout: 3s }, identification: desk-7 }
				    server: { max-message-size: 1MB }
				  connections:
				    quotes: { protocol: rpc, addresses: "a:1", heartbeat.timeout: 4s }
				    orders: { addresses: "b:2" }
				  servers:
				    quotes: { protocol: rpc, port: 7000 }
				    orders: { port: 7001 }
				""").bind();
		assertThat(properties.connections().get("orders").protocol()).isEqualTo(Protocol.TCP);
		ConnectionProperties quotes = properties.connections().get("quotes");
		assertThat(quotes.protocol()).isEqualTo(Protocol.RPC);
		assertThat(quotes.heartbeat()).isEqualTo(new HeartbeatProperties(Duration.ofSeconds(1), Duration.ofSeconds(4),
				Heartbeat.Style.NUMBER_OF_HEARTBEATS));
		assertThat(quotes.identification()).isEqualTo("desk-7");
		assertThat(properties.servers().get("quotes").maxMessageSize()).isEqualTo(DataSize.ofMegabytes(1));
	}

	@Test
	void theProtocolIsInherited() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  defaults.connection.protocol: rpc
				  connections: { quotes: { addresses: "a:1" }, raw: { addresses: "a:1", protocol: tcp }, bare: {} }
				""").bind();
		assertThat(properties.connections().get("quotes").protocol()).isEqualTo(Protocol.RPC);
		assertThat(properties.connections().get("raw").protocol()).isEqualTo(Protocol.TCP);
		assertThat(properties.connections().get("bare").protocol()).isEqualTo(Protocol.RPC);
	}

	@Test
	void anEntryInheritsWhatItDoesNotSayItself() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  defaults:
				    connection:
				      retry-delay: 3s
				      retry-jitter: 0.1
				    server:
				      max-connections: 7
				      address: 127.0.0.1
				  connections:
				    quotes: { addresses: "a:1", retry-delay: 5s }
				    orders: { addresses: "b:2" }
				  servers:
				    quotes: { port: 7000, max-connections: 8 }
				    orders: { unix-socket: /run/orders.sock }
				""").bind();
		assertThat(properties.connections().get("quotes").retryDelay()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.connections().get("quotes").retryJitter()).isEqualTo(0.1);
		assertThat(properties.connections().get("orders").retryDelay()).isEqualTo(Duration.ofSeconds(3));
		assertThat(properties.servers().get("quotes").maxConnections()).isEqualTo(8);
		assertThat(properties.servers().get("orders").maxConnections()).isEqualTo(7);
		assertThat(properties.servers().get("orders").address()).hasToString("/127.0.0.1");
		assertThat(properties.servers().get("orders").unixSocket()).isEqualTo(Path.of("/run/orders.sock"));
	}

	@Test
	void nestedRecordsInheritKeyByKey() {
		ConnectionProperties connection = Properties.yaml("""
				persistent-conn:
				  defaults.connection.keep-alive: { idle: 20s, interval: 2s }
				  connections.quotes:
				    addresses: a:1
				    keep-alive: { interval: 3s }
				""").bind().connections().get("quotes");
		assertThat(connection.keepAlive())
			.isEqualTo(new KeepAliveProperties(Duration.ofSeconds(20), Duration.ofSeconds(3), 6));
	}

	@Test
	void aListReplacesTheInheritedOneAsAWhole() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  defaults.connection.addresses: [ "a:1", "b:2" ]
				  connections:
				    quotes:
				      addresses: [ "c:3" ]
				    orders: {}
				""").bind();
		assertThat(properties.connections().get("quotes").addresses())
			.containsExactly(WhereToConnect.hostAndPort("c", 3));
		assertThat(properties.connections().get("orders").addresses())
			.containsExactly(WhereToConnect.hostAndPort("a", 1), WhereToConnect.hostAndPort("b", 2));
	}

	@Test
	void camelCaseBindsInEntriesAndDefaults() {
		ConnectionProperties connection = Properties.yaml("""
				persistentConn:
				  defaults.connection: { initialSpread: 2s, keepAlive: { count: 3 } }
				  connections.orderBook: { addresses: "a:1", retryDelay: 4s, readerBufferSize: 1MB }
				""").bind().connections().get("orderBook");
		assertThat(connection.retryDelay()).isEqualTo(Duration.ofSeconds(4));
		assertThat(connection.initialSpread()).isEqualTo(Duration.ofSeconds(2));
		assertThat(connection.keepAlive().count()).isEqualTo(3);
		assertThat(connection.readerBufferSize()).isEqualTo(DataSize.ofMegabytes(1));
	}

	@Test
	void environmentVariablesDefineAndOverride() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn.connections.quotes: { addresses: "a:1", retry-delay: 5s }
				""")
			.env(Map.of("PERSISTENTCONN_CONNECTIONS_QUOTES_RETRYDELAY", "6s",
					"PERSISTENTCONN_CONNECTIONS_ORDERS_ADDRESSES_0", "b:2",
					"PERSISTENTCONN_DEFAULTS_CONNECTION_CONNECTTIMEOUT", "7s",
					"PERSISTENTCONN_DEFAULTS_CONNECTION_KEEPALIVE_IDLE", "8s"))
			.bind();
		assertThat(properties.connections()).containsOnlyKeys("quotes", "orders");
		ConnectionProperties quotes = properties.connections().get("quotes");
		assertThat(quotes.retryDelay()).isEqualTo(Duration.ofSeconds(6));
		assertThat(quotes.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(quotes.keepAlive().idle()).isEqualTo(Duration.ofSeconds(8));
		assertThat(properties.connections().get("orders").addresses())
			.containsExactly(WhereToConnect.hostAndPort("b", 2));
	}

	@Test
	void aVariableForANameWithDashesIsNoFurtherEntry() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn.connections.order-book: { addresses: "a:1" }
				""").env(Map.of("PERSISTENTCONN_CONNECTIONS_ORDERBOOK_RETRYDELAY", "6s")).bind();
		assertThat(properties.connections()).containsOnlyKeys("order-book");
		assertThat(properties.connections().get("order-book").retryDelay()).isEqualTo(Duration.ofSeconds(6));
	}

	@Test
	void namesMayHaveAnyCharacters() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  defaults.connection.retry-delay: 3s
				  connections:
				    "[eu.quotes/1]": { addresses: "a:1" }
				    Quotes_US: { addresses: "b:2" }
				""").bind();
		assertThat(properties.connections()).containsOnlyKeys("eu.quotes/1", "Quotes_US");
		assertThat(properties.connections().values()).extracting(ConnectionProperties::retryDelay)
			.containsOnly(Duration.ofSeconds(3));
	}

	@Test
	void anEntryOfWhichNoKeyIsKnownIsAnEntry() {
		PersistentConnProperties properties = Properties
			.yaml("persistent-conn.connections: { quotes: { adresses: \"a:1\" }, orders: {} }")
			.bind();
		assertThat(properties.connections()).containsOnlyKeys("quotes", "orders");
	}

	@Test
	void placeholdersAreResolved() {
		ConnectionProperties connection = Properties.yaml("""
				peer: quotes-1:7000
				persistent-conn:
				  defaults.connection.retry-delay: ${delay:9s}
				  connections.quotes.addresses: ${peer},[::1]:7001,unix:/run/quotes.sock
				""").bind().connections().get("quotes");
		assertThat(connection.retryDelay()).isEqualTo(Duration.ofSeconds(9));
		assertThat(connection.addresses()).containsExactly(WhereToConnect.hostAndPort("quotes-1", 7000),
				WhereToConnect.hostAndPort("::1", 7001), WhereToConnect.unix(Path.of("/run/quotes.sock")));
	}

	@Test
	void aBufferAgeLimitMayBeUnlimited() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  defaults.connection.buffer-age-limit: unlimited
				  connections:
				    quotes: { addresses: "a:1" }
				    orders: { addresses: "a:1", buffer-age-limit: 30s }
				""").bind();
		assertThat(properties.connections().get("quotes").bufferAgeLimit()).isEqualTo(BufferAgeLimit.unlimited());
		assertThat(properties.connections().get("orders").bufferAgeLimit())
			.isEqualTo(BufferAgeLimit.atMost(Duration.ofSeconds(30)));
	}

	@Test
	void namesInBracketsAreTakenAsTheyAre() {
		PersistentConnProperties properties = Properties.yaml("""
				persistent-conn:
				  connections:
				    "[a-b:1]": { addresses: "a-b:1" }
				    "[ab:1]": { addresses: "ab:1" }
				""").bind();
		assertThat(properties.connections()).containsOnlyKeys("a-b:1", "ab:1");
	}

}
