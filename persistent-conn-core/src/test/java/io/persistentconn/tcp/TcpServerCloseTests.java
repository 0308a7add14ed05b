package io.persistentconn.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Tag("T10")
@ParameterizedClass
@EnumSource
class TcpServerCloseTests extends ServerTestCase {

	@Test
	void closingEndsListeningAndNothingElse() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		SocketAddress address = this.server.listeningOnAddress();
		try (PlainClient existing = connect()) {
			existing.send("before").receive(6);
			assertThat(this.server.isClosed()).isFalse();
			assertThat(this.server.closeFinished()).isNotDone();
			CompletableFuture<Void> closed = this.server.closeAsync();
			assertThat(this.server.isClosed()).isTrue();
			closed.join();
			assertThat(this.server.closeFinished()).isCompleted();
			assertThat(this.server.isListening()).isFalse();
			assertThatIOException().isThrownBy(() -> PlainClient.connect(address));
			assertThat(existing.send("after").receive(5)).isEqualTo("after");
			assertThat(this.server.numConnections()).isOne();
			assertThat(this.server.listeningOnAddress()).isEqualTo(address);
		}
	}

	@Test
	void closingTheExistingConnectionsCompletesWhenAllDescriptorsAreClosed() throws Exception {
		long before = OpenSockets.count();
		this.server = this.builder.startSock(TestHandlers.hold()).join();
		List<PlainClient> clients = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			clients.add(connect());
		}
		awaitConnections(10);
		assertThat(OpenSockets.count()).isEqualTo(before + 1 + 2 * 10);
		this.server.closeAsync(CloseExisting.YES).join();
		assertThat(OpenSockets.count()).isEqualTo(before + 10);
		awaitConnections(0);
		for (PlainClient client : clients) {
			client.awaitClosed();
			client.close();
		}
	}

	@Test
	void aLaterCallStillClosesTheClientsAndSharesTheOutcome() throws Exception {
		this.server = this.builder.startSock(TestHandlers.hold()).join();
		try (PlainClient client = connect()) {
			awaitConnections(1);
			this.server.closeAsync().join();
			assertThat(this.server.closeAsync()).isCompleted();
			assertThat(this.server.closeAsync(CloseExisting.YES)).isCompleted();
			client.awaitClosed();
		}
		awaitConnections(0);
	}

	@Test
	void aLaterCallBeforeTheOutcomeIsWaitedForToo() throws Exception {
		this.server = this.builder.startSock(TestHandlers.hold()).join();
		try (PlainClient client = connect()) {
			awaitConnections(1);
			CompletableFuture<Void> first = this.server.closeAsync();
			CompletableFuture<Void> second = this.server.closeAsync(CloseExisting.YES);
			CompletableFuture.allOf(first, second).join();
			client.awaitClosed();
		}
	}

	@Test
	void cancellingTheFutureHarmsNobody() {
		this.server = this.builder.startSock(TestHandlers.hold()).join();
		this.server.closeFinished().cancel(false);
		this.server.closeAsync().cancel(false);
		assertThat(this.server.closeAsync()).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void handlersAreNotStoppedAndTheirEndCanBeAwaited() throws Exception {
		CompletableFuture<Void> handler = new CompletableFuture<>();
		this.server = this.builder.startSock((client, socket) -> {
			this.log.add(client);
			return handler;
		}).join();
		CompletableFuture<Void> determined = this.server.closeFinishedAndHandlersDetermined();
		try (PlainClient client = connect()) {
			this.log.take();
			this.server.closeAsync(CloseExisting.YES).join();
			client.awaitClosed();
			EventLoops.turn(this.transport);
			assertThat(determined).isNotDone();
			assertThat(this.server.closeFinishedAndHandlersDetermined()).isNotDone();
			assertThat(this.server.numConnections()).isOne();
			handler.complete(null);
			determined.join();
			this.server.closeFinishedAndHandlersDetermined().join();
		}
	}

	@Test
	void aConnectionAcceptedInTheInstantOfCloseIsClosedNotHandled() throws Exception {
		this.server = this.builder.startSock((client, socket) -> {
			this.log.add(client);
			return TestHandlers.closed(socket);
		}).join();
		EventLoop serversOwn = this.server.listeningSocket().eventLoop();
		CountDownLatch release = new CountDownLatch(1);
		List<PlainClient> clients = new ArrayList<>();
		for (EventExecutor eventLoop : this.transport.eventLoopGroup()) {
			if (eventLoop != serversOwn) {
				eventLoop.execute(() -> await(release));
			}
		}
		for (int i = 0; i < 6; i++) {
			clients.add(connect());
		}
		// Two thirds of them are accepted, but their event loops cannot handle them yet.
		awaitAccepted(6);
		assertThat(this.log).hasSize(2);
		CompletableFuture<Void> closed = this.server.closeAsync();
		release.countDown();
		closed.join();
		EventLoops.turn(this.transport);
		assertThat(this.log).hasSize(2);
		List<Object> handled = List.copyOf(this.log);
		for (PlainClient client : clients) {
			if (this.kind.isUnix() ? clients.indexOf(client) % 3 != 2 : !handled.contains(localAddress(client))) {
				client.awaitClosed();
			}
			client.close();
		}
		awaitConnections(0);
	}

	@Test
	void theHandlerIsNeverCalledAfterCloseFinished() throws Exception {
		for (int round = 0; round < 30; round++) {
			AtomicBoolean closed = new AtomicBoolean();
			this.server = this.builder.startSock((client, socket) -> {
				if (closed.get()) {
					this.log.add(client);
				}
				return TestHandlers.closed(socket);
			}).join();
			TcpServer<SocketAddress, Object> closing = this.server;
			Thread closer = new Thread(
					() -> closing.closeAsync(CloseExisting.YES).whenComplete((result, error) -> closed.set(true)));
			for (int i = 0; i < 10; i++) {
				if (i == 5) {
					closer.start();
				}
				try (PlainClient client = connect()) {
					client.send("x");
				}
				catch (IOException ex) {
					break;
				}
			}
			closer.join();
			closing.closeFinished().join();
			closing.closeFinishedAndHandlersDetermined().join();
		}
		assertThat(this.log).isEmpty();
	}

	@Test
	void aHandlerMayCloseTheServer() throws Exception {
		this.server = this.builder.startSock((client, socket) -> {
			TestHandlers.ignoreResets(socket);
			return this.server.closeAsync();
		}).join();
		try (PlainClient client = connect()) {
			client.awaitClosed();
		}
		this.server.closeFinishedAndHandlersDetermined().join();
		assertThat(this.server.isListening()).isFalse();
	}

	@Test
	void afterItsTransportTheServerStillCloses() throws Exception {
		this.server = this.builder.startSock(TestHandlers.hold()).join();
		try (PlainClient client = connect()) {
			awaitConnections(1);
			this.transport.closeAsync().join();
			client.awaitClosed();
		}
		assertThat(this.server.isListening()).isFalse();
		this.server.stop(CloseExisting.YES).join();
		assertThat(this.server.start()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(BindFailedException.class)
			.withMessageEndingWith("the transport is closed");
		this.server.closeAsync(CloseExisting.YES).join();
		this.server.closeFinishedAndHandlersDetermined().join();
		assertThat(this.server.numConnections()).isZero();
	}

	@Test
	void aTransportThatClosesInTheMiddleOfATaskClosesEverySocket() throws Exception {
		this.server = this.builder.startSock(TestHandlers.hold()).join();
		CountDownLatch release = new CountDownLatch(1);
		List<PlainClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 6; i++) {
				clients.add(connect());
			}
			awaitConnections(6);
			EventLoops.turn(this.transport);
			EventLoop serversOwn = this.server.listeningSocket().eventLoop();
			for (EventExecutor eventLoop : this.transport.eventLoopGroup()) {
				if (eventLoop != serversOwn) {
					eventLoop.execute(() -> await(release));
				}
			}
			for (int i = 0; i < 6; i++) {
				clients.add(connect());
			}
			awaitAccepted(12);
			// Some are registered already, and some will be when the task is over.
			CompletableFuture<Void> closed = this.transport.closeAsync();
			release.countDown();
			closed.join();
			for (PlainClient client : clients) {
				client.awaitClosed();
			}
		}
		finally {
			release.countDown();
			for (PlainClient client : clients) {
				client.close();
			}
		}
		this.server.closeAsync(CloseExisting.YES).join();
		this.server.closeFinishedAndHandlersDetermined().join();
		assertThat(this.server.numConnections()).isZero();
	}

	private void awaitAccepted(long number) throws Exception {
		EventLoop serversOwn = this.server.listeningSocket().eventLoop();
		boolean all = false;
		while (!all) {
			all = this.server.counters().accepted() >= number;
			// Once more in the end: the last one is counted before it is received.
			serversOwn.submit(() -> {
			}).get();
		}
	}

	private static SocketAddress localAddress(PlainClient client) {
		try {
			return client.channel().getLocalAddress();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
