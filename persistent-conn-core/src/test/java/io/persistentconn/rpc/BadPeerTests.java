package io.persistentconn.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.tcp.HandlerErrorPolicy;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that stops on the first failure of its own is not stopped by what a peer does.
 */
@Tag("R1")
@Tag("T9")
class BadPeerTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final byte[] HEADER = RawPeer.frame(Header.of(1, 11)::write);

	private static final byte[] METADATA = RawPeer
		.frame((out) -> new MessageWriter(11).metadata(out, ConnectionMetadata.NONE));

	private final NettyTransport transport = NettyTransport.nio(2, "rpc");

	private final CompletableFuture<Throwable> uncaught = new CompletableFuture<>();

	private final RpcServer<InetSocketAddress, Integer> server = get(RpcServer.over(
			TcpServer.builder(WhereToListen.portChosenByOs())
				.transport(this.transport)
				.onHandlerError(HandlerErrorPolicy.raise())
				.uncaughtExceptionHandler(this.uncaught::complete),
			RpcOptions.defaults().withImplementations(Implementations.of(ECHO.implementNow((context, text) -> text))))
		.start());

	@AfterEach
	void close() {
		get(this.server.closeAsync());
		get(this.transport.closeAsync());
	}

	static List<byte[]> beginnings() {
		return List.of(new byte[0], Arrays.copyOf(HEADER, 5),
				"GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), HEADER,
				concat(HEADER, Arrays.copyOf(METADATA, 9)), concat(HEADER, new byte[8]), concat(HEADER, HEADER),
				concat(HEADER, METADATA), concat(HEADER, METADATA, METADATA), concat(HEADER, METADATA, new byte[20]));
	}

	@ParameterizedTest
	@MethodSource("beginnings")
	void whoBeginsLikeThisAndLeavesDoesNotStopIt(byte[] beginning) throws Exception {
		leaveAfter(beginning, false);
		assertThatOthersAreServed();
	}

	@ParameterizedTest
	@MethodSource("beginnings")
	void norDoesWhoResets(byte[] beginning) throws Exception {
		leaveAfter(beginning, true);
		assertThatOthersAreServed();
	}

	private void leaveAfter(byte[] beginning, boolean reset) throws Exception {
		try (SocketChannel socket = SocketChannel.open(address())) {
			socket.write(ByteBuffer.wrap(beginning));
			// Its header.
			socket.read(ByteBuffer.allocate(1));
			if (reset) {
				socket.setOption(StandardSocketOptions.SO_LINGER, 0);
			}
		}
		await().until(() -> this.server.tcp().numConnections() == 0);
	}

	private void assertThatOthersAreServed() {
		RpcConnection connection = get(
				RpcClient.over(TcpClient.over(this.transport)).connect(WhereToConnect.inet(address())));
		assertThat(get(ECHO.dispatch(connection, "alive"))).isEqualTo("alive");
		assertThat(this.uncaught).isNotDone();
		get(connection.closeAsync());
	}

	private InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.tcp().listeningOn());
	}

	private static byte[] concat(byte[]... parts) {
		ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt((part) -> part.length).sum());
		Arrays.stream(parts).forEach(all::put);
		return all.array();
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

}
