package io.persistentconn.tcp;

import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

import io.netty.channel.Channel;
import io.persistentconn.concurrent.NonBlockingThread;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@ParameterizedClass
@EnumSource
class TcpServerHandlerTests extends ServerTestCase {

	@Test
	@Tag("T6")
	void theHandlerGetsAddressAndSocketOnTheEventLoopOfTheSocket() throws Exception {
		this.server = this.builder.startSock((client, socket) -> {
			this.log.add(client);
			this.log.add(Thread.currentThread() instanceof NonBlockingThread && socket.eventLoop().inEventLoop());
			this.log.add(socket.isActive());
			return TestHandlers.closed(socket);
		}).join();
		try (PlainClient client = connect()) {
			assertThat(this.log.take()).isEqualTo(client.channel().getLocalAddress());
			assertThat(this.log.take()).isEqualTo(true);
			assertThat(this.log.take()).isEqualTo(true);
			assertThat(this.server.numConnections()).isOne();
		}
	}

	@Test
	@Tag("T6")
	void theHandlerSeesEveryByteAndThatTheSocketBecameActive() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		for (int i = 0; i < 20; i++) {
			try (PlainClient client = connect()) {
				assertThat(client.send("hello").receive(5)).isEqualTo("hello");
			}
		}
	}

	@Test
	@Tag("T6")
	void theSocketIsClosedWhenTheStageCompletes() throws Exception {
		CompletableFuture<String> finished = new CompletableFuture<>();
		this.server = this.builder.startSock((client, socket) -> finished).join();
		try (PlainClient client = connect()) {
			EventLoops.turn(this.transport);
			assertThat(this.server.numConnections()).isOne();
			finished.complete("done");
			assertThat(client.receiveToEnd()).isEmpty();
		}
		awaitConnections(0);
	}

	@Test
	@Tag("T6")
	void theSocketIsClosedWhenTheHandlerFailsInWhateverWay() throws Exception {
		IllegalStateException error = new IllegalStateException("expected");
		List<TcpSockHandler<SocketAddress>> handlers = List.of((client, socket) -> {
			throw error;
		}, (client, socket) -> {
			throw new AssertionError("expected", error);
		}, (client, socket) -> CompletableFuture.failedFuture(error), (client, socket) -> null);
		this.server = this.builder.onHandlerError(HandlerErrorPolicy.call((client, thrown) -> this.log.add(thrown)))
			.startSock(new InTurn(handlers))
			.join();
		List<Object> errors = new ArrayList<>();
		for (int i = 0; i < handlers.size(); i++) {
			try (PlainClient client = connect()) {
				client.awaitClosed();
			}
			errors.add(this.log.take());
		}
		assertThat(errors.get(0)).isSameAs(error);
		assertThat(errors.get(1)).isInstanceOf(AssertionError.class);
		assertThat(errors.get(2)).isSameAs(error);
		assertThat(errors.get(3)).isInstanceOf(NullPointerException.class)
			.asString()
			.contains("The handler returned null (expected: a stage)");
		assertThat(this.server.counters().handlerErrors()).isEqualTo(4);
		assertThat(this.server.isListening()).isTrue();
		awaitConnections(0);
	}

	@Test
	@Tag("T9")
	void raiseStopsTheServerButNotItsClients() throws Exception {
		IllegalStateException error = new IllegalStateException("expected");
		List<TcpServerEvent> events = new ArrayList<>();
		this.server = this.builder.onHandlerError(HandlerErrorPolicy.raise())
			.uncaughtExceptionHandler(this.log::add)
			.startSock(new InTurn(List.of(TestHandlers.echo(), (client, socket) -> {
				throw error;
			})))
			.join();
		this.server.addListener(events::add);
		SocketAddress address = this.server.listeningOnAddress();
		try (PlainClient existing = connect()) {
			existing.send("before").receive(6);
			try (PlainClient failing = connect()) {
				failing.awaitClosed();
			}
			assertThat(this.log.take()).isSameAs(error);
			// Waits for the stop that is under way.
			this.server.stop(CloseExisting.NO).join();
			assertThat(this.server.isListening()).isFalse();
			assertThat(this.server.isClosed()).isFalse();
			assertThatIOException().isThrownBy(() -> PlainClient.connect(address));
			assertThat(existing.send("after").receive(5)).isEqualTo("after");
		}
		EventLoops.turn(this.transport);
		assertThat(events).hasSize(3);
		assertThat(events.get(0)).isEqualTo(new TcpServerEvent.Listening(address));
		assertThat(events.get(1)).isInstanceOfSatisfying(TcpServerEvent.HandlerFailed.class,
				(failed) -> assertThat(failed.error()).isSameAs(error));
		assertThat(events.get(2)).isEqualTo(new TcpServerEvent.Stopped(address, error));
		assertThat(((TcpServerEvent.Stopped) events.get(2)).reason()).containsSame(error);
	}

	@Test
	@Tag("T9")
	void aCallbackThatThrowsStopsTheServerToo() throws Exception {
		IllegalStateException error = new IllegalStateException("expected");
		this.server = this.builder.onHandlerError(HandlerErrorPolicy.call((client, thrown) -> {
			this.log.add(thrown);
			throw error;
		})).uncaughtExceptionHandler((raised) -> {
			this.log.add(raised);
			throw new IllegalStateException("expected from the uncaught-exception handler");
		}).startSock((client, socket) -> CompletableFuture.failedFuture(new ConnectException("expected"))).join();
		try (PlainClient failing = connect()) {
			failing.awaitClosed();
		}
		assertThat(this.log.take()).isInstanceOf(ConnectException.class);
		assertThat(this.log.take()).isSameAs(error);
		this.server.stop(CloseExisting.NO).join();
		assertThat(this.server.isListening()).isFalse();
		assertThat(this.server.start().join()).isSameAs(this.server);
		assertThat(this.server.isListening()).isTrue();
	}

	@Test
	@Tag("T9")
	void ignoreGoesOn() throws Exception {
		this.server = this.builder.onHandlerError(HandlerErrorPolicy.ignore())
			.startSock((client, socket) -> CompletableFuture.failedFuture(new IllegalStateException("expected")))
			.join();
		for (int i = 0; i < 3; i++) {
			try (PlainClient failing = connect()) {
				failing.awaitClosed();
			}
		}
		awaitConnections(0);
		assertThat(this.server.counters().handlerErrors()).isEqualTo(3);
		assertThat(this.server.isListening()).isTrue();
	}

	@Test
	@Tag("T9")
	void byDefaultErrorsAreLoggedAndTheServerGoesOn() throws Exception {
		this.server = this.builder
			.startSock((client, socket) -> CompletableFuture.failedFuture(new IllegalStateException("expected")))
			.join();
		try (PlainClient failing = connect()) {
			failing.awaitClosed();
		}
		awaitConnections(0);
		assertThat(this.server.isListening()).isTrue();
	}

	/** Calls one handler for the first client, the next for the next. */
	private static final class InTurn implements TcpSockHandler<SocketAddress> {

		private final BlockingQueue<TcpSockHandler<SocketAddress>> handlers;

		InTurn(List<TcpSockHandler<SocketAddress>> handlers) {
			this.handlers = new LinkedBlockingQueue<>(handlers);
		}

		@Override
		public CompletionStage<?> handle(SocketAddress client, Channel socket) throws Exception {
			TestHandlers.ignoreResets(socket);
			return this.handlers.remove().handle(client, socket);
		}

	}

}
