package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.PersistentConnException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("T14")
@ParameterizedClass
@EnumSource
class TcpServerRestartTests extends ServerTestCase {

	@Test
	void aServerThatIsBuiltDoesNotListen() throws Exception {
		this.server = this.builder.name("quotes").buildSock(TestHandlers.echo());
		assertThat(this.server.isListening()).isFalse();
		assertThat(this.server.isClosed()).isFalse();
		assertThat(this.server).hasToString("TcpServer(quotes)");
		assertThat(this.directory).isEmptyDirectory();
		assertThatIllegalStateException().isThrownBy(this.server::listeningOn)
			.withMessage("TcpServer(quotes) has not listened yet (expected: started)");
		assertThatIllegalStateException().isThrownBy(this.server::listeningSocket);
		this.server.stop(CloseExisting.YES).join();
		assertThat(this.server.start().join()).isSameAs(this.server);
		assertThat(this.server).hasToString("TcpServer(quotes, listening on " + this.server.listeningOnAddress() + ")");
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	void itStopsAndListensAgainThreeTimesOnTheSameAddress() throws Exception {
		List<TcpServerEvent> events = new ArrayList<>();
		WhereToListen<SocketAddress, Object> where = fixed();
		this.server = TcpServer.builder(where).transport(this.transport).buildSock(TestHandlers.echo());
		this.server.addListener(events::add);
		List<PlainClient> survivors = new ArrayList<>();
		SocketAddress address = where.bindAddress();
		for (int round = 0; round < 3; round++) {
			this.server.start().join();
			assertThat(this.server.isListening()).isTrue();
			assertThat(this.server.listeningOnAddress()).isEqualTo(address);
			PlainClient client = connect();
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
			survivors.add(client);
			this.server.stop(CloseExisting.NO).join();
			assertThat(this.server.isListening()).isFalse();
			assertThatIOException().isThrownBy(() -> PlainClient.connect(address));
			assertThat(this.server.numConnections()).isEqualTo(round + 1);
		}
		for (PlainClient client : survivors) {
			assertThat(client.send("still").receive(5)).isEqualTo("still");
		}
		this.server.stop(CloseExisting.YES).join();
		for (PlainClient client : survivors) {
			client.awaitClosed();
			client.close();
		}
		awaitConnections(0);
		TcpServerEvent listening = new TcpServerEvent.Listening(address);
		TcpServerEvent stopped = new TcpServerEvent.Stopped(address, null);
		assertThat(events).containsExactly(listening, stopped, listening, stopped, listening, stopped);
		assertThat(this.server.counters().accepted()).isEqualTo(3);
	}

	@Test
	void commandsAreCarriedOutInOrderWithoutWaiting() throws Exception {
		this.server = TcpServer.builder(fixed()).transport(this.transport).buildSock(TestHandlers.echo());
		List<CompletableFuture<?>> commands = new ArrayList<>();
		for (int round = 0; round < 3; round++) {
			commands.add(this.server.start());
			commands.add(this.server.stop(CloseExisting.YES));
		}
		commands.add(this.server.start());
		CompletableFuture.allOf(commands.toArray(new CompletableFuture<?>[0])).join();
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	void startingAServerThatListensChangesNothing() {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		Object listeningOn = this.server.listeningOn();
		assertThat(this.server.start().join().listeningOn()).isEqualTo(listeningOn);
	}

	@Test
	void closingIsForGood() {
		this.server = this.builder.name("quotes").buildSock(TestHandlers.echo());
		this.server.closeAsync().join();
		assertThat(this.server.start()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(PersistentConnException.class)
			.withMessage("Server quotes is closed");
		this.server.closeFinishedAndHandlersDetermined().join();
		assertThat(this.server.isListening()).isFalse();
	}

	@Test
	void closingOvertakesAStartThatWasNotCarriedOut() {
		this.server = this.builder.buildSock(TestHandlers.echo());
		this.server.start();
		this.server.closeAsync().join();
		assertThat(this.server.isListening()).isFalse();
	}

	@Test
	void aStartThatFailedCanBeRepeated() throws Exception {
		WhereToListen<SocketAddress, Object> where = fixed();
		TcpServer<SocketAddress, Object> other = TcpServer.builder(where)
			.transport(this.transport)
			.startSock(TestHandlers.echo())
			.join();
		this.server = TcpServer.builder(where).transport(this.transport).buildSock(TestHandlers.echo());
		assertThat(this.server.start()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(BindFailedException.class)
			.withMessageContaining("Cannot listen on " + where + ": ")
			.withMessageContainingAll("ddress already in use");
		assertThat(this.server.isListening()).isFalse();
		other.closeAsync().join();
		this.server.start().join();
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	void closingTheListeningSocketBehindTheServersBackStopsIt() throws Exception {
		List<TcpServerEvent> events = new ArrayList<>();
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		this.server.addListener(events::add);
		SocketAddress address = this.server.listeningOnAddress();
		this.server.listeningSocket().close().sync();
		this.server.stop(CloseExisting.NO).join();
		assertThat(this.server.isListening()).isFalse();
		assertThat(events).containsExactly(new TcpServerEvent.Listening(address),
				new TcpServerEvent.Stopped(address, null));
		this.server.start().join();
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	/** A port that is free now, or the socket file. */
	private WhereToListen<SocketAddress, Object> fixed() {
		WhereToListen<SocketAddress, Object> where = this.kind.where(this.directory);
		if (this.kind.isUnix()) {
			assertThat(Files.exists(this.directory.resolve("s"))).isFalse();
			return where;
		}
		TcpServer<SocketAddress, Object> probe = this.builder.startSock(TestHandlers.echo()).join();
		int port = (Integer) probe.listeningOn();
		probe.closeAsync().join();
		return ServerKind.localPort(port);
	}

}
