package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers whose handlers get a reader and a writer. */
@ParameterizedClass
@EnumSource
@Tag("T6")
class TcpServerStreamTests extends ServerTestCase {

	private static final byte[] MEGABYTE = "0123456789abcdef".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);

	/** Answers every line with the same line. */
	private final TcpHandler<SocketAddress> lines = (client, reader, writer) -> reader.forEachLine((line) -> {
		writer.write(line + "\n");
		return writer.readyForMore();
	});

	@Test
	void theHandlerReadsAndWrites() throws Exception {
		this.server = this.builder.start(this.lines).join();
		try (PlainClient client = connect()) {
			assertThat(client.send("one\ntw").receive(4)).isEqualTo("one\n");
			assertThat(client.send("o\n").receive(4)).isEqualTo("two\n");
		}
		awaitConnections(0);
	}

	@Test
	void theWholeConnectionCanBeHadToo() throws Exception {
		this.server = this.builder.start((TcpConnection<SocketAddress> connection) -> {
			this.log.add(connection.remoteAddress());
			this.log.add(connection.localAddress());
			return connection.reader().transferTo(connection.writer());
		}).join();
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
			assertThat(this.log.take()).isEqualTo(client.channel().getLocalAddress());
			assertThat(this.log.take()).isEqualTo(client.channel().getRemoteAddress());
		}
	}

	@Test
	void whatWasWrittenIsFlushedWhenTheHandlerHasFinished() throws Exception {
		this.server = this.builder.start((client, reader, writer) -> {
			for (int i = 0; i < 8; i++) {
				writer.write(MEGABYTE);
			}
			return CompletableFuture.completedFuture("done");
		}).join();
		try (PlainClient client = connect()) {
			assertThat(client.receiveToEnd()).hasSize(8 * MEGABYTE.length);
		}
		awaitConnections(0);
	}

	@Test
	void andAlsoWhenItHasFailed() throws Exception {
		this.server = this.builder.onHandlerError(HandlerErrorPolicy.ignore()).start((client, reader, writer) -> {
			writer.write("so far");
			throw new IllegalStateException("expected");
		}).join();
		try (PlainClient client = connect()) {
			assertThat(client.receiveToEnd()).isEqualTo("so far");
		}
	}

	@Test
	void aClientThatHasSentAllStillGetsTheAnswer() throws Exception {
		this.server = this.builder.start(this.lines).join();
		try (PlainClient client = connect()) {
			client.send("last words");
			client.channel().shutdownOutput();
			assertThat(client.receiveToEnd()).isEqualTo("last words\n");
		}
	}

	@Test
	@Tag("T4")
	void aClientThatTakesNoBytesIsClosedInTheEnd() throws Exception {
		this.server = this.builder.bufferAgeLimit(BufferAgeLimit.atMost(Duration.ofMillis(300)))
			.onHandlerError(HandlerErrorPolicy.call((client, error) -> this.log.add(error)))
			.start((client, reader, writer) -> {
				for (int i = 0; i < 32; i++) {
					writer.write(MEGABYTE);
				}
				return writer.flushed();
			})
			.join();
		try (PlainClient client = connect()) {
			assertThat(this.log.take()).isInstanceOf(BufferAgeLimitException.class);
			awaitConnections(0);
			client.awaitClosed();
		}
	}

	@Test
	@Tag("T7")
	void badClientsCostTheirOwnConnectionsOnly() throws Exception {
		this.server = this.builder.onHandlerError(HandlerErrorPolicy.call((client, error) -> this.log.add(error)))
			.bufferAgeLimit(BufferAgeLimit.unlimited())
			.start(this.lines)
			.join();
		List<PlainClient> bad = new ArrayList<>();
		PlainClient silent = connect();
		PlainClient halfALine = connect().send("half a li");
		PlainClient neverReads = connect();
		neverReads.channel().configureBlocking(false);
		java.nio.ByteBuffer flood = java.nio.ByteBuffer
			.wrap(("x".repeat(1023) + "\n").repeat(128).getBytes(StandardCharsets.UTF_8));
		for (int i = 0; i < 200; i++) {
			neverReads.channel().write(flood.clear());
		}
		PlainClient garbage = connect();
		byte[] zeros = new byte[TcpReader.DEFAULT_MAX_LINE_LENGTH + 1];
		garbage.send(zeros);
		garbage.awaitClosed();
		assertThat(this.log.take()).isInstanceOf(DelimiterNotFoundException.class);
		for (int i = 0; i < 20; i++) {
			PlainClient goesAway = connect().send("bye\n");
			goesAway.disconnect();
		}
		bad.addAll(List.of(silent, halfALine, neverReads, garbage));
		awaitConnections(3);
		for (int i = 0; i < 10; i++) {
			try (PlainClient good = connect()) {
				assertThat(good.send("hello\n").receive(6)).isEqualTo("hello\n");
			}
		}
		awaitConnections(3);
		assertThat(halfALine.send("ne\n").receive(12)).isEqualTo("half a line\n");
		assertThat(silent.send("here\n").receive(5)).isEqualTo("here\n");
		for (PlainClient client : bad) {
			client.close();
		}
		awaitConnections(0);
		assertThat(this.server.isListening()).isTrue();
	}

	@Test
	@Tag("T13")
	void aSilentClientCanBeGivenUp() throws Exception {
		this.server = this.builder.liveness(Liveness.none().withReadIdleTimeout(Duration.ofMillis(200)))
			.onHandlerError(HandlerErrorPolicy.call((client, error) -> this.log.add(error)))
			.start(this.lines)
			.join();
		try (PlainClient silent = connect()) {
			silent.awaitClosed();
			assertThat(this.log.take()).isInstanceOf(ReadIdleTimeoutException.class);
		}
		awaitConnections(0);
	}

}
