package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T14")
@ParameterizedClass
@EnumSource
class TcpServerDrainTests extends ServerTestCase {

	@Test
	void withoutClientsThereIsNothingToWaitFor() {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		this.server.drain().join();
		this.server.stop(CloseExisting.NO).join();
		this.server.drain().join();
	}

	@Test
	void itWaitsUntilTheLastClientOfAStoppedServerHasGone() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		try (PlainClient first = connect(); PlainClient second = connect()) {
			assertThat(first.send("1").receive(1)).isEqualTo("1");
			assertThat(second.send("2").receive(1)).isEqualTo("2");
			this.server.stop(CloseExisting.NO).join();
			CompletableFuture<Integer> left = this.server.drain().thenApply((none) -> this.server.numConnections());
			first.disconnect();
			awaitConnections(1);
			assertThat(left).isNotDone();
			assertThat(second.send("3").receive(1)).isEqualTo("3");
			second.disconnect();
			assertThat(left.join()).isZero();
		}
	}

	@Test
	void aHandlerThatWaitsForItsClientComesToTheEnd() throws Exception {
		this.server = this.builder.start((client, reader, writer) -> reader.transferTo(writer)).join();
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
			this.server.stop(CloseExisting.NO).join();
			this.server.drain().join();
			assertThat(client.receiveToEnd()).isEmpty();
		}
	}

	@Test
	void whatAClientHasBegunToSayIsStillReceived() throws Exception {
		this.server = this.builder.start((client, reader, writer) -> reader.forEachLine((line) -> {
			this.log.add(line);
			writer.write(line + "\n");
			return writer.flushed();
		})).join();
		try (PlainClient client = connect()) {
			assertThat(client.send("one\ntw").receive(4)).isEqualTo("one\n");
			this.server.stop(CloseExisting.NO).join();
			CompletableFuture<Void> drained = this.server.drain();
			EventLoops.turn(this.transport);
			assertThat(drained).isNotDone();
			assertThat(client.send("o\n").receiveToEnd()).isEqualTo("two\n");
			drained.join();
			assertThat(this.log).containsExactly("one", "two");
		}
	}

	@Test
	void whatAClientSaysAfterThatIsNotHeardButDoesNotCutItOff() throws Exception {
		CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
		this.server = this.builder.start((client, reader, writer) -> reader.readLine().thenCompose((line) -> {
			this.log.add(line.orElseThrow());
			return mayAnswer.thenCompose((go) -> reader.readLine()).thenAccept((next) -> writer.write("next: " + next));
		})).join();
		try (PlainClient client = connect()) {
			client.send("one\n");
			assertThat(this.log.take()).isEqualTo("one");
			this.server.stop(CloseExisting.NO).join();
			CompletableFuture<Void> drained = this.server.drain();
			EventLoops.turn(this.transport);
			client.send("two\n");
			mayAnswer.complete(null);
			assertThat(client.receiveToEnd()).isEqualTo("next: Optional.empty");
			drained.join();
		}
	}

	@Test
	void aHandlerThatIsStillAtWorkIsWaitedFor() throws Exception {
		CompletableFuture<Void> work = new CompletableFuture<>();
		this.server = this.builder.startSock((client, socket) -> {
			this.log.add(client);
			return work;
		}).join();
		try (PlainClient client = connect()) {
			this.log.take();
			this.server.stop(CloseExisting.YES).join();
			client.awaitClosed();
		}
		CompletableFuture<Void> none = this.server.drain();
		EventLoops.turn(this.transport);
		assertThat(none).isNotDone();
		work.complete(null);
		none.join();
	}

}
