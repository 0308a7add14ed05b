package io.persistentconn.rpc.versioned;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.connection.ConnectionEvent;
import io.persistentconn.connection.Connector;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.versioned.Shop.Price;
import io.persistentconn.tcp.ChunkResult;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.ConnectOptions;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("V3")
class RpcConnectorsTests {

	/** The header of a peer that speaks version 1 alone: magic number and version. */
	private static final byte[] HEADER_OF_VERSION_1 = { 7, 0, 0, 0, 0, 0, 0, 0, 2, (byte) 0xfd, 0x52, 0x50, 0x43, 0,
			1 };

	private final Loopback loopback = new Loopback();

	private final Shop shop = new Shop();

	@AfterEach
	void close() {
		this.loopback.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void aPlainConnectionRecoversWhenTheServerRestarts(int protocol) throws Exception {
		RpcServer<InetSocketAddress, Integer> server = this.loopback.serve(this.shop.version1());
		int port = server.tcp().listeningOn();
		PersistentConnection<RpcConnection> shops = PersistentConnection
			.<HostAndPort, RpcConnection>builder("shops", RpcConnectors.over(this.loopback.client(protocol)))
			.address(() -> CompletableFuture.completedFuture(new HostAndPort(Loopback.HOST.getHostAddress(), port)))
			.retryDelay(RetryDelay.constant(Duration.ofMillis(1)))
			.start();
		RpcConnection first = Loopback.get(shops.connected());
		assertThat(Loopback.get(Shop.PRICE_V1.dispatch(first, "tea"))).isEqualTo(10);
		Loopback.get(server.tcp().closeAsync(CloseExisting.YES));
		this.loopback.serve(WhereToListen.port(port), this.shop.version1());
		Loopback.get(first.closeFinished());
		RpcConnection second = Loopback.get(shops.connected());
		assertThat(second).isNotSameAs(first);
		assertThat(Loopback.get(Shop.PRICE_V1.dispatch(second, "tea"))).isEqualTo(10);
		shops.close();
		assertThat(second.isClosed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 6, 11 })
	void aConnectionWithMenuGetsTheMenuAnewWhenTheServerRestarts(int protocol) throws Exception {
		RpcServer<InetSocketAddress, Integer> server = this.loopback.serve(this.shop.version1());
		int port = server.tcp().listeningOn();
		PersistentConnection<ConnectionWithMenu> shops = PersistentConnection
			.<HostAndPort, ConnectionWithMenu>builder("shops",
					RpcConnectors.withMenu(RpcConnectors.over(this.loopback.client(protocol))))
			.address(() -> CompletableFuture.completedFuture(new HostAndPort(Loopback.HOST.getHostAddress(), port)))
			.retryDelay(RetryDelay.constant(Duration.ofMillis(1)))
			.start();
		CallerRpc<Shop.Good, Price> price = Converting.caller().price();
		ConnectionWithMenu first = Loopback.get(shops.connected());
		assertThat(first.versions("price")).containsExactly(1L);
		assertThat(Loopback.get(price.dispatchMulti(first, Shop.TEA))).isEqualTo(new Price(10, "of v1"));
		Loopback.get(server.tcp().closeAsync(CloseExisting.YES));
		this.loopback.serve(WhereToListen.port(port), this.shop.bothVersions());
		Loopback.get(first.closeFinished());
		ConnectionWithMenu second = Loopback.get(shops.connected());
		assertThat(second.versions("price")).containsExactly(1L, 2L);
		assertThat(Loopback.get(price.dispatchMulti(second, Shop.TEA))).isEqualTo(new Price(20, "of v2"));
		shops.close();
		assertThat(second.isClosed()).isTrue();
		assertThat(second.connection().isClosed()).isTrue();
	}

	@Test
	void addressesMayBeOfAnyType() {
		RpcServer<InetSocketAddress, Integer> server = this.loopback.serve(this.shop.version1());
		Connector<Integer, RpcConnection> byPort = RpcConnectors.over(this.loopback.client(11),
				(port) -> WhereToConnect.inet(new InetSocketAddress(Loopback.HOST, port)), ConnectOptions.defaults());
		PersistentConnection<RpcConnection> shops = PersistentConnection
			.<Integer, RpcConnection>builder("shops", byPort)
			.address(() -> CompletableFuture.completedFuture(server.tcp().listeningOn()))
			.start();
		assertThat(Loopback.get(Shop.PRICE_V1.dispatch(Loopback.get(shops.connected()), "tea"))).isEqualTo(10);
		shops.close();
	}

	@Test
	void closingInTheMiddleOfTheHandshakeClosesTheSocket() throws Exception {
		closingClosesTheSocket(RpcConnectors.over(this.loopback.client(1)), new byte[0], "RPC");
	}

	@Test
	void closingWhileTheMenuIsAskedForClosesTheSocket() throws Exception {
		closingClosesTheSocket(RpcConnectors.withMenu(RpcConnectors.over(this.loopback.client(1))), HEADER_OF_VERSION_1,
				"__Versioned_rpc.Menu");
	}

	/**
	 * Connects to a peer that says no more than a header, and closes when it has heard
	 * something.
	 */
	private <C extends AsyncCloseable> void closingClosesTheSocket(Connector<HostAndPort, C> connector, byte[] header,
			String awaited) {
		CompletableFuture<Void> heard = new CompletableFuture<>();
		CompletableFuture<Void> closed = new CompletableFuture<>();
		TcpServer<InetSocketAddress, Integer> silent = Loopback.get(TcpServer.builder(WhereToListen.portChosenByOs())
			.transport(this.loopback.transport())
			.start((peer, reader, writer) -> {
				writer.write(header);
				return reader.forEachChunk((chunk) -> {
					if (chunk.toString(StandardCharsets.ISO_8859_1).contains(awaited)) {
						heard.complete(null);
					}
					return ChunkResult.more();
				}).whenComplete((end, failure) -> closed.complete(null));
			}));
		PersistentConnection<C> shops = PersistentConnection.<HostAndPort, C>builder("shops", connector)
			.address(() -> CompletableFuture
				.completedFuture(new HostAndPort(Loopback.HOST.getHostAddress(), silent.listeningOn())))
			.start();
		Loopback.get(heard);
		assertThat(shops.currentConnection()).isEmpty();
		shops.close();
		Loopback.get(closed);
		Loopback.get(silent.closeAsync(CloseExisting.YES));
	}

	@Test
	void aPeerThatHangsUpInsteadOfTellingItsMenuCostsTheAttempt() throws Exception {
		TcpServer<InetSocketAddress, Integer> rude = Loopback.get(TcpServer.builder(WhereToListen.portChosenByOs())
			.transport(this.loopback.transport())
			.start((peer, reader, writer) -> {
				writer.write(HEADER_OF_VERSION_1);
				return reader.readExactly(HEADER_OF_VERSION_1.length);
			}));
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		PersistentConnection<ConnectionWithMenu> shops = PersistentConnection
			.<HostAndPort, ConnectionWithMenu>builder("shops",
					RpcConnectors.withMenu(RpcConnectors.over(this.loopback.client(1))))
			.address(() -> CompletableFuture
				.completedFuture(new HostAndPort(Loopback.HOST.getHostAddress(), rude.listeningOn())))
			.onEvent((event) -> {
				if (event instanceof ConnectionEvent.FailedToConnect<HostAndPort, ConnectionWithMenu> failed) {
					failures.add(failed.error());
				}
				return null;
			})
			.start();
		assertThat(failures.poll(30, TimeUnit.SECONDS)).isNotNull();
		assertThat(shops.currentConnection()).isEmpty();
		shops.close();
		Loopback.get(rude.closeAsync(CloseExisting.YES));
	}

}
