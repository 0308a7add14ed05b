package io.persistentconn.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TcpTrafficTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final NettyTransport transport = NettyTransport.nio();

	@AfterEach
	void close() {
		this.transport.closeAsync().join();
	}

	@Test
	void bothEndsCountTheirBytesAndTheServerThoseOfAllClients() {
		TcpServer<InetSocketAddress, Integer> server = server((client, reader, writer) -> reader.transferTo(writer));
		TcpConnection<?> one = connect(server);
		one.writer().write("hello");
		one.reader().readExactly(5).join();
		TcpConnection<?> other = connect(server);
		other.writer().write(new byte[3_000_000]);
		other.reader().readExactly(3_000_000).join();
		one.writer().flushed().join();
		other.writer().flushed().join();
		assertThat(one.bytesRead()).isEqualTo(5);
		assertThat(one.bytesWritten()).isEqualTo(5);
		assertThat(other.bytesRead()).isEqualTo(3_000_000);
		assertThat(other.bytesWritten()).isEqualTo(3_000_000);
		assertThat(server.bytesRead()).isEqualTo(3_000_005);
		await().atMost(LONG).until(() -> server.bytesWritten() == 3_000_005);
	}

	@Test
	void bytesThatNobodyAskedForAreReceivedAllTheSame() {
		CompletableFuture<Void> finish = new CompletableFuture<>();
		TcpServer<InetSocketAddress, Integer> server = server((client, reader, writer) -> finish);
		TcpConnection<?> connection = connect(server);
		connection.writer().write("hello");
		await().atMost(LONG).until(() -> server.bytesRead() == 5);
		assertThat(server.bytesWritten()).isZero();
		finish.complete(null);
	}

	@Test
	void whatABuilderBuildsTwiceCountsApart() {
		TcpServerBuilder<InetSocketAddress, Integer> builder = builder();
		TcpServer<InetSocketAddress, Integer> one = start(builder, (client, reader, writer) -> reader.readLine());
		TcpServer<InetSocketAddress, Integer> other = start(builder, (client, reader, writer) -> reader.readLine());
		connect(one).writer().write("hello");
		await().atMost(LONG).until(() -> one.bytesRead() == 5);
		assertThat(other.bytesRead()).isZero();
	}

	private TcpServer<InetSocketAddress, Integer> server(TcpHandler<InetSocketAddress> handler) {
		return start(builder(), handler);
	}

	private TcpServerBuilder<InetSocketAddress, Integer> builder() {
		return TcpServer.builder(WhereToListen.portChosenByOs()).transport(this.transport);
	}

	private static TcpServer<InetSocketAddress, Integer> start(TcpServerBuilder<InetSocketAddress, Integer> builder,
			TcpHandler<InetSocketAddress> handler) {
		return builder.start(handler).join();
	}

	private TcpConnection<?> connect(TcpServer<InetSocketAddress, Integer> server) {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.listeningOn());
		return TcpClient.over(this.transport)
			.connect(WhereToConnect.inet(address), ConnectOptions.defaults())
			.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
			.join();
	}

}
