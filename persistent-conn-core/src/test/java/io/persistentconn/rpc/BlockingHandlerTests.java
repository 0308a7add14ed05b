package io.persistentconn.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers are called on the event loop, where nothing may block. One that does so all
 * the same delays the connections of its loop, and no others; nothing is lost, unless it
 * blocks for longer than a client waits for a sign of life.
 */
@Tag("R4")
class BlockingHandlerTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final Rpc<Unit, String> BLOCK = Rpc.of("block", 1, BinCodecs.UNIT, BinCodecs.STRING);

	private static final Rpc<Unit, String> LOOP = Rpc.of("loop", 1, BinCodecs.UNIT, BinCodecs.STRING);

	private final NettyTransport serverLoops = NettyTransport.nio(2, "server");

	private final NettyTransport clientLoops = NettyTransport.nio(1, "client");

	private final CompletableFuture<Void> blocking = new CompletableFuture<>();

	private final CompletableFuture<String> blocked = new CompletableFuture<>();

	private RpcServer<InetSocketAddress, Integer> server;

	@BeforeEach
	void serve() {
		this.server = get(RpcServer.over(TcpServer.builder(WhereToListen.portChosenByOs()).transport(this.serverLoops),
				RpcOptions.defaults()
					.withImplementations(Implementations.of(ECHO.implementNow((context, text) -> text),
							LOOP.implementNow((context, unit) -> Thread.currentThread().getName()),
							BLOCK.implementNow((context, unit) -> {
								this.blocking.complete(null);
								return this.blocked.join();
							}))))
			.start());
	}

	@AfterEach
	void close() {
		this.blocked.complete("released");
		get(this.clientLoops.closeAsync());
		get(this.serverLoops.closeAsync());
	}

	@Test
	void itDelaysItsOwnLoopOnlyAndLosesNothing() {
		RpcConnection slow = connect(RpcOptions.defaults());
		RpcConnection other = onAnotherLoopThan(slow);
		CompletableFuture<String> block = BLOCK.dispatch(slow, Unit.UNIT);
		get(this.blocking);
		CompletableFuture<String> behind = ECHO.dispatch(slow, "behind");
		assertThat(get(ECHO.dispatch(other, "not behind"))).isEqualTo("not behind");
		assertThat(behind).isNotDone();
		this.blocked.complete("released");
		assertThat(get(block)).isEqualTo("released");
		assertThat(get(behind)).isEqualTo("behind");
	}

	@Test
	@Tag("R2")
	void itCostsItsClientsTheConnectionIfItBlocksForLongerThanTheyWait() {
		RpcConnection impatient = connect(
				RpcOptions.defaults().withHeartbeat(Heartbeat.every(Duration.ofMillis(500), Duration.ofSeconds(3))));
		RpcConnection other = onAnotherLoopThan(impatient);
		CompletableFuture<String> block = BLOCK.dispatch(impatient, Unit.UNIT);
		get(this.blocking);
		get(impatient.closeFinished());
		assertThat(impatient.closeReason()).get()
			.isInstanceOfSatisfying(RpcConnectionException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(RpcConnectionException.Kind.NO_SIGN_OF_LIFE));
		assertThat(block).isCompletedExceptionally();
		assertThat(get(ECHO.dispatch(other, "alive"))).isEqualTo("alive");
		this.blocked.complete("released");
		assertThat(get(ECHO.dispatch(connect(RpcOptions.defaults()), "served"))).isEqualTo("served");
	}

	private RpcConnection onAnotherLoopThan(RpcConnection connection) {
		String loop = get(LOOP.dispatch(connection, Unit.UNIT));
		RpcConnection other = connect(RpcOptions.defaults());
		while (get(LOOP.dispatch(other, Unit.UNIT)).equals(loop)) {
			other = connect(RpcOptions.defaults());
		}
		return other;
	}

	private RpcConnection connect(RpcOptions options) {
		return get(RpcClient.over(TcpClient.over(this.clientLoops))
			.withOptions(options)
			.connect(WhereToConnect
				.inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.tcp().listeningOn()))));
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

}
