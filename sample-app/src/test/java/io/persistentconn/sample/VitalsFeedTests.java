package io.persistentconn.sample;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.CloseExisting;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VitalsFeedTests {

	private static final Vitals VITALS = new Vitals(Instant.EPOCH, 1, 2, 0.5, 0.5, 1.0, 3, 4, 5L, 6, 7, 8, 9);

	private final JsonMapper json = new JsonMapper();

	private final String line = this.json.writeValueAsString(VITALS) + "\n";

	private final NettyTransport transport = NettyTransport.nio(1, "test");

	private TcpServer<InetSocketAddress, Integer> server;

	@AfterEach
	void close() {
		if (this.server != null) {
			this.server.closeAsync(CloseExisting.YES).join();
		}
		this.transport.closeAsync().join();
	}

	@Test
	void handsOnTheFirstVitalsAndTheFollowing() throws Exception {
		VitalsFeed feed = connect((client, reader, writer) -> {
			writer.write(this.line);
			writer.write(this.line);
			return reader.read();
		}).get(1, TimeUnit.MINUTES);
		BlockingQueue<Vitals> received = new LinkedBlockingQueue<>();
		feed.forEach(received::add);
		assertThat(List.of(received.take(), received.take())).containsExactly(VITALS, VITALS);
		feed.closeAsync().get(1, TimeUnit.MINUTES);
		assertThat(feed.closeReason()).isEmpty();
	}

	@Test
	void doesNotOpenIfThePeerHangsUpWithoutAWord() {
		assertThat(connect((client, reader, writer) -> CompletableFuture.completedFuture(null)))
			.failsWithin(1, TimeUnit.MINUTES)
			.withThrowableThat()
			.withRootCauseInstanceOf(VitalsException.class)
			.withMessageContaining("hung up without a word");
		assertNobodyIsConnected();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH_9.2", "", "null", "{}", "[]", "17", "{\"at\":\"1970-01-01T00:00:00Z\"}",
			"{\"at\":" })
	void doesNotOpenIfThePeerSpeaksOfSomethingElse(String nonsense) {
		assertThat(connect((client, reader, writer) -> {
			writer.write(nonsense + "\n");
			return reader.read();
		})).failsWithin(1, TimeUnit.MINUTES)
			.withThrowableThat()
			.withRootCauseInstanceOf(VitalsException.class)
			.withMessageContaining("sent something else than vitals");
		assertNobodyIsConnected();
	}

	@Test
	void closesIfThePeerBeginsToTalkNonsense() throws Exception {
		VitalsFeed feed = connect((client, reader, writer) -> {
			writer.write(this.line + "nonsense\n");
			return reader.read();
		}).get(1, TimeUnit.MINUTES);
		feed.forEach((vitals) -> {
		});
		feed.closeFinished().get(1, TimeUnit.MINUTES);
		assertThat(feed.closeReason()).containsInstanceOf(VitalsException.class);
	}

	@Test
	void closesWithThePeer() throws Exception {
		CompletableFuture<Void> end = new CompletableFuture<>();
		VitalsFeed feed = connect((client, reader, writer) -> {
			writer.write(this.line);
			return end;
		}).get(1, TimeUnit.MINUTES);
		feed.forEach((vitals) -> {
		});
		assertThat(feed.isClosed()).isFalse();
		end.complete(null);
		feed.closeFinished().get(1, TimeUnit.MINUTES);
		assertThat(feed.closeReason()).isPresent().get().isNotInstanceOf(VitalsException.class);
	}

	private void assertNobodyIsConnected() {
		this.server.noConnections().orTimeout(1, TimeUnit.MINUTES).join();
	}

	private CompletableFuture<VitalsFeed> connect(TcpHandler<InetSocketAddress> peer) {
		this.server = TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
			.transport(this.transport)
			.start(peer)
			.join();
		return TcpClient.over(this.transport)
			.connect(WhereToConnect.inet(this.server.listeningOnAddress()))
			.thenCompose((connection) -> VitalsFeed.open(connection, this.json.readerFor(Vitals.class)));
	}

	@Test
	void namesThePeerInItsErrors() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> connect((client, reader, writer) -> CompletableFuture.completedFuture(null)).get(1,
					TimeUnit.MINUTES))
			.withMessageContaining(":" + this.server.listeningOn());
	}

}
