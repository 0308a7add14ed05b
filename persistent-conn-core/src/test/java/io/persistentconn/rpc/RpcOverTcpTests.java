package io.persistentconn.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
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

/**
 * All kinds of RPCs over a real socket, in every version of the protocol.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RpcOverTcpTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final OneWayRpc<String> LOG = OneWayRpc.of("log", 1, BinCodecs.STRING);

	private static final PipeRpc<Long, Long, String> COUNT = PipeRpc.of("count", 1, BinCodecs.INT, BinCodecs.INT,
			BinCodecs.STRING);

	private static final PipeRpc<Long, Long, String> COUNT_DIRECT = PipeRpc.of("count-direct", 1, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.STRING);

	private static final StateRpc<Unit, Long, Long, String> CLOCK = StateRpc.of("clock", 1, BinCodecs.UNIT,
			BinCodecs.INT, BinCodecs.INT, BinCodecs.STRING);

	private final NettyTransport transport = NettyTransport.nio(2, "rpc");

	private final CompletableFuture<String> logged = new CompletableFuture<>();

	private final Implementations implementations = Implementations.of(ECHO.implementNow((context, text) -> text),
			LOG.implement((context, text) -> this.logged.complete(text)),
			COUNT.implement((context, upTo) -> CompletableFuture
				.completedFuture((upTo < 0) ? Outcome.rejected("negative") : Outcome.accepted(numbers(upTo)))),
			COUNT_DIRECT.implementDirect((context, upTo, writer) -> {
				for (long i = 1; i <= upTo; i++) {
					writer.write(i);
				}
				writer.close();
				return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
			}), CLOCK.implement((context, unit) -> CompletableFuture
				.completedFuture(Outcome.accepted(new StateStream<>(1000L, numbers(3))))));

	@AfterEach
	void close() {
		this.transport.closeAsync().join();
	}

	private static Pipe<Long> numbers(long upTo) {
		PipeWriter<Long> writer = PipeWriter.create();
		for (long i = 1; i <= upTo; i++) {
			writer.writeWithoutPushback(i);
		}
		writer.close();
		return writer.pipe();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })
	@Tag("R3")
	void allKindsInEveryVersion(int version) throws Exception {
		RpcServer<InetSocketAddress, Integer> server = RpcServer
			.over(TcpServer.builder(WhereToListen.portChosenByOs()).transport(this.transport),
					RpcOptions.defaults().withImplementations(this.implementations))
			.start()
			.join();
		RpcConnection connection = get(RpcClient.over(TcpClient.over(this.transport))
			.withOptions(RpcOptions.defaults().withMaxProtocolVersion(version))
			.connect(WhereToConnect
				.inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.tcp().listeningOn()))));
		assertThat(connection.protocolVersion()).isEqualTo(version);
		assertThat(get(ECHO.dispatch(connection, "hello"))).isEqualTo("hello");
		get(LOG.dispatch(connection, "a line"));
		assertThat(get(this.logged)).isEqualTo("a line");
		assertThat(readAll(get(COUNT.dispatch(connection, 1000L)).orElseThrow())).hasSize(1000).endsWith(1000L);
		assertThat(get(COUNT.dispatch(connection, -1L))).isEqualTo(Outcome.rejected("negative"));
		assertThat(readAll(get(COUNT_DIRECT.dispatch(connection, 3L)).orElseThrow())).containsExactly(1L, 2L, 3L);
		StateStream<Long, Long> clock = get(CLOCK.dispatch(connection, Unit.UNIT)).orElseThrow();
		assertThat(clock.state()).isEqualTo(1000);
		assertThat(readAll(clock.updates())).containsExactly(1L, 2L, 3L);
		Rpc<String, String> unknown = Rpc.of("unknown", 7, BinCodecs.STRING, BinCodecs.STRING);
		assertThat(unknown.dispatch(connection, "x")).failsWithin(60, TimeUnit.SECONDS)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(RpcException.class,
					(ex) -> assertThat(ex.error()).isEqualTo(new RpcError.UnimplementedRpc("unknown", 7)));
		assertThat(get(MenuRpc.RPC.dispatch(connection, Unit.UNIT))).hasSize(5);
		if (version >= 3) {
			assertThat(connection.peerMenu().orElseThrow().ids()).contains(RpcId.of("echo", 1)).hasSize(5);
		}
		get(connection.closeAsync("done"));
		get(server.closeAsync());
	}

	private static List<Long> readAll(Pipe<Long> pipe) {
		List<Long> all = new ArrayList<>();
		for (Optional<Long> next = get(pipe.read()); next.isPresent(); next = get(pipe.read())) {
			all.add(next.get());
		}
		return all;
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(30, TimeUnit.SECONDS).join();
	}

}
