package io.persistentconn.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Info;
import io.persistentconn.rpc.RpcConnectionException.Kind;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcError.Closer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When nothing can be sent any more, what the peer said before is still heard.
 */
@Tag("R7")
class LastReadsTests {

	private static final int VERSION = 11;

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final RawPeer peer = RawPeer.established(RpcOptions.defaults(), VERSION);

	private final RpcConnection connection = this.peer.connection();

	private final CompletableFuture<String> call = callThatCannotBeSent();

	@AfterEach
	void close() {
		this.peer.close();
	}

	@Test
	void thePeersReasonIsTheReason() {
		this.peer.send((out) -> new MessageWriter(VERSION).closeReason(out, CloseReason.ofUser(Info.of("going home"))));
		assertThat(this.connection.closeFinished()).isCompleted();
		assertThat(this.connection.closeReason()).get().asString().contains("going home");
		assertThat(errorOfCall()).isInstanceOfSatisfying(RpcError.ConnectionClosed.class, (closed) -> {
			assertThat(closed.by()).isEqualTo(Closer.PEER);
			assertThat(closed.reason()).contains("going home");
		});
	}

	@Test
	void afterFiveSecondsItIsWhatBroke() {
		this.peer.socket.advanceBy(Duration.ofSeconds(5).minusNanos(1));
		assertThat(this.call).isNotDone();
		this.peer.socket.advanceBy(Duration.ofNanos(1));
		assertLost();
	}

	@Test
	void atTheEndOfTheStreamItIsWhatBroke() {
		this.peer.socket.receiveEnd();
		assertLost();
	}

	@Test
	@Tag("R12")
	void whatIsCalledMeanwhileWasNotSent() {
		CompletableFuture<String> late = ECHO.dispatch(this.connection, "y");
		this.peer.socket.run();
		assertThat(errorOf(late)).isInstanceOfSatisfying(RpcError.ConnectionClosed.class, (closed) -> {
			assertThat(closed.by()).isEqualTo(Closer.TRANSPORT);
			assertThat(closed.reason()).contains("Broken pipe");
			assertThat(closed.outcomeUnknown()).isFalse();
		});
		this.peer.socket.receiveEnd();
		assertThat(errorOfCall()).isInstanceOfSatisfying(RpcError.ConnectionClosed.class,
				(closed) -> assertThat(closed.outcomeUnknown()).isTrue());
	}

	private void assertLost() {
		assertThat(this.connection.closeFinished()).isCompleted();
		assertThat(this.connection.closeReason()).get()
			.isInstanceOfSatisfying(RpcConnectionException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(Kind.TRANSPORT_FAILED))
			.asString()
			.contains("Broken pipe");
		assertThat(errorOfCall()).isInstanceOf(RpcError.ConnectionClosed.class);
	}

	private CompletableFuture<String> callThatCannotBeSent() {
		this.peer.socket.holdWrites();
		CompletableFuture<String> unsent = ECHO.dispatch(this.connection, "x");
		this.peer.socket.run().fail(new IOException("Broken pipe"));
		assertThat(unsent).isNotDone();
		return unsent;
	}

	private RpcError errorOfCall() {
		return errorOf(this.call);
	}

	private static RpcError errorOf(CompletableFuture<String> call) {
		assertThat(call).isCompletedExceptionally();
		return ((RpcException) call.handle((value, failure) -> failure).join()).error();
	}

}
