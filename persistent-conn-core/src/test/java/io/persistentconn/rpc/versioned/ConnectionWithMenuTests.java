package io.persistentconn.rpc.versioned;

import java.time.Duration;
import java.util.List;

import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("V1")
class ConnectionWithMenuTests {

	private final Loopback loopback = new Loopback();

	private final Shop shop = new Shop();

	@AfterEach
	void close() {
		this.loopback.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 6, 11 })
	void knowsWhatTheServerImplements(int version) {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(this.shop.bothVersions(), version);
		assertThat(connection.connection().protocolVersion()).isEqualTo(version);
		assertThat(connection.menu().ids()).containsExactly(RpcId.of("book", 1), RpcId.of("book", 2),
				RpcId.of("price", 1), RpcId.of("price", 2), RpcId.of("ticks", 1), RpcId.of("ticks", 2),
				RpcId.of("want", 1), RpcId.of("want", 2));
		assertThat(connection.versions("price")).containsExactly(1L, 2L);
		assertThat(connection.versions("tea")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 6, 11 })
	void needsNoConnectionForTheMenuOfTheHandshake(int version) {
		RpcConnection connection = this.loopback.connectTo(this.shop.version1(), version);
		Loopback.get(connection.closeAsync());
		assertThat(Loopback.get(ConnectionWithMenu.create(connection)).versions("price")).containsExactly(1L);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void asksOverTheConnectionIfThereWasNoMenuInTheHandshake(int version) {
		RpcConnection connection = this.loopback.connectTo(this.shop.version1(), version);
		assertThat(connection.peerMenu()).isEmpty();
		Loopback.get(connection.closeAsync());
		assertThat(Loopback.failure(ConnectionWithMenu.create(connection))).isInstanceOfSatisfying(RpcException.class,
				(ex) -> {
					assertThat(ex).hasMessageContaining("__Versioned_rpc.Menu v1");
					assertThat(ex.error()).isInstanceOf(RpcError.ConnectionClosed.class);
				});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 11 })
	void keepsToAMenuThatWasSupplied(int version) {
		RpcConnection connection = this.loopback.connectTo(this.shop.bothVersions(), version);
		CallerRpc<Shop.Good, Shop.Price> price = Converting.caller().price();
		ConnectionWithMenu oldOnes = ConnectionWithMenu.of(connection, Menu.of(List.of(Shop.PRICE_V1.id())));
		assertThat(Loopback.get(price.dispatchMulti(oldOnes, Shop.TEA))).isEqualTo(new Shop.Price(10, "of v1"));
		ConnectionWithMenu nothing = ConnectionWithMenu.of(connection, Menu.of(List.of()));
		assertThat(Loopback.failure(price.dispatchMulti(nothing, Shop.TEA)))
			.isInstanceOf(VersionMismatchException.class);
	}

	@Test
	void isClosedByClosingIt() {
		ConnectionWithMenu connection = this.loopback.connectWithMenuTo(List.of(), 11);
		assertThat(connection.isClosed()).isFalse();
		Loopback.get(connection.closeAsync());
		assertThat(connection.connection().isClosed()).isTrue();
		assertThat(connection.isClosed()).isTrue();
		assertThat(connection.closeFinished()).isCompleted();
		assertThat(connection.closeReason()).isEmpty();
	}

	@Test
	void closesWithItsConnectionAndForItsReason() {
		RpcServer<?, Integer> server = this.loopback.serve(this.shop.version1());
		ConnectionWithMenu connection = Loopback.get(ConnectionWithMenu.create(this.loopback.connect(server, 11)));
		assertThat(connection.closeReason()).isEmpty();
		// Once it has answered, the server counts the connection.
		Loopback.get(Shop.PRICE_V1.dispatch(connection.connection(), "tea"));
		server.closeConnections("stocktaking", Duration.ZERO);
		Loopback.get(connection.closeFinished());
		assertThat(connection.isClosed()).isTrue();
		assertThat(connection.closeReason().orElseThrow()).hasMessageContaining("stocktaking")
			.isSameAs(connection.connection().closeReason().orElseThrow());
	}

}
