package io.persistentconn.rpc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Info;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.protocol.HandshakeException.Step;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.transport.FrameEncoder;
import io.persistentconn.rpc.transport.FrameHandler;
import io.persistentconn.rpc.transport.MemoryTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("R1")
class HandshakeTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final MemoryTransport.Pair transports = MemoryTransport.pair(this.time, this.time);

	private final MemoryTransport peer = this.transports.second();

	private boolean closedToPeer;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })
	void theHighestCommonVersionIsUsedWhicheverSideIsOlder(int version) {
		RpcOptions older = RpcOptions.defaults().withMaxProtocolVersion(version);
		assertThat(new TwoEnds(older, RpcOptions.defaults()).client().protocolVersion()).isEqualTo(version);
		assertThat(new TwoEnds(RpcOptions.defaults(), older).server().protocolVersion()).isEqualTo(version);
		for (int other = 1; other <= version; other++) {
			TwoEnds ends = new TwoEnds(older, RpcOptions.defaults().withMaxProtocolVersion(other));
			assertThat(ends.client().protocolVersion()).isEqualTo(other);
			assertThat(ends.server().protocolVersion()).isEqualTo(other);
		}
	}

	@Test
	void aPeerThatSaysNothingIsGivenUpAfterThirtySeconds() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		this.time.advanceBy(Duration.ofSeconds(30).minusNanos(1));
		assertThat(establishing).isNotDone();
		this.time.advanceBy(Duration.ofNanos(1));
		assertFailed(establishing, Step.HEADER, "nothing came within PT30S");
	}

	@Test
	void eachStepHasItsOwnTimeout() {
		CompletableFuture<RpcConnection> establishing = establish(
				RpcOptions.defaults().withHandshakeTimeout(Duration.ofSeconds(5)));
		this.time.advanceBy(Duration.ofSeconds(4));
		send((out) -> Header.of(1, 11).write(out));
		this.time.advanceBy(Duration.ofSeconds(5).minusNanos(1));
		assertThat(establishing).isNotDone();
		this.time.advanceBy(Duration.ofNanos(1));
		assertFailed(establishing, Step.METADATA, "nothing came within PT5S");
	}

	@Test
	void aPeerThatSpeaksSomethingElseIsClosedWithoutAWord() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		long written = this.transports.first().bytesWritten();
		send((out) -> out.writeBytes("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII)));
		assertFailed(establishing, Step.HEADER, "");
		assertThat(this.transports.first().bytesWritten()).isEqualTo(written);
		assertThat(this.transports.first().isClosed()).isTrue();
	}

	@Test
	void aPeerWithoutACommonVersionIsRefused() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults().withMaxProtocolVersion(3));
		send((out) -> Header.of(4, 11).write(out));
		assertFailed(establishing, Step.NEGOTIATION, "no common version");
	}

	@Test
	void aPeerThatClosesMeanwhileIsNamed() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		this.peer.closeAsync();
		this.time.run();
		assertFailed(establishing, Step.HEADER, "the peer closed the connection");
	}

	@Test
	void aPeerThatClosesInsteadOfSayingWhoItIsIsNamed() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		send((out) -> Header.of(1, 11).write(out));
		this.peer.closeAsync();
		this.time.run();
		assertFailed(establishing, Step.METADATA, "closed by the peer");
	}

	@Test
	void aPeerThatSaysWhyItDoesNotGoOnIsHeard() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		send((out) -> Header.of(1, 11).write(out));
		send((out) -> new MessageWriter(11).closeReason(out, CloseReason.ofUser(Info.of("too many of you"))));
		assertFailed(establishing, Step.METADATA, "too many of you");
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 4, 5, 6, 7 })
	void upToVersionSevenAPeerNeedsNotSayWhoItIs(int version) {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults()
			.withImplementations(Implementations.of(ECHO.implementNow((context, text) -> text))));
		send((out) -> Header.of(1, version).write(out));
		assertThat(establishing).isNotDone();
		send((out) -> query(out, version));
		assertThat(establishing).isCompleted();
		assertThat(establishing.join().peerMenu()).isEmpty();
		// And may still say it then, once.
		send((out) -> new MessageWriter(version).metadata(out, ConnectionMetadata.NONE));
		assertThat(establishing.join().isClosed()).isFalse();
		send((out) -> new MessageWriter(version).metadata(out, ConnectionMetadata.NONE));
		assertThat(establishing.join().closeReason()).get().asString().contains("metadata", "expected: once");
	}

	@Test
	void fromVersionEightOnItMustSayItFirst() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		send((out) -> Header.of(1, 8).write(out));
		send((out) -> query(out, 8));
		assertFailed(establishing, Step.METADATA, "expected: metadata or a close reason");
	}

	@Test
	@Tag("R8")
	void aHeaderIsAtMostAKibibyteAndMetadataAsLongAsIsSaid() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		send((out) -> out.writeZero(1025));
		assertFailed(establishing, Step.HEADER, "(expected: 1 to 1024)");
		TwoEnds ends = new TwoEnds(RpcOptions.defaults().withIdentification("x".repeat(300)),
				RpcOptions.defaults().withMaxMetadataSize(300));
		assertThat(ends.failureOf(ends.establishingServer())).isInstanceOf(HandshakeException.class)
			.hasMessageContaining("(expected: 1 to 300)");
	}

	@Test
	void aPeerMayBeRefusedWithAReasonThatItSees() {
		RpcOptions choosy = RpcOptions.defaults()
			.withValidator((connection) -> connection.peerIdentification().isPresent() ? Optional.empty()
					: Optional.of("who are you?"));
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), choosy);
		assertThat(ends.failureOf(ends.establishingServer())).isInstanceOfSatisfying(HandshakeException.class,
				(error) -> assertThat(error.step()).isEqualTo(Step.VALIDATION));
		assertThat(ends.client().closeReason()).get()
			.asString()
			.contains("Connection_validation_failed", "who are you?");
		TwoEnds welcome = new TwoEnds(RpcOptions.defaults().withIdentification("me"), choosy);
		assertThat(welcome.server().isClosed()).isFalse();
	}

	@Test
	void aValidatorThatThrowsRefuses() {
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(), RpcOptions.defaults().withValidator((connection) -> {
			throw new IllegalStateException("expected by the test");
		}));
		assertThat(ends.failureOf(ends.establishingServer())).hasMessageContaining("expected by the test");
		assertThat(ends.client().isClosed()).isTrue();
	}

	@Test
	void whoGivesUpOnTheHandshakeClosesTheConnection() {
		CompletableFuture<RpcConnection> establishing = establish(RpcOptions.defaults());
		establishing.cancel(false);
		send((out) -> Header.of(1, 1).write(out));
		assertThat(this.transports.first().isClosed()).isTrue();
	}

	@Test
	void badOptionsAreNamedWithWhatWasExpected() {
		assertThatIllegalArgumentException().isThrownBy(() -> RpcOptions.defaults().withMaxProtocolVersion(12))
			.withMessage("maxProtocolVersion: 12 (expected: 1 to 11)");
		assertThatIllegalArgumentException().isThrownBy(() -> RpcOptions.defaults().withHandshakeTimeout(Duration.ZERO))
			.withMessage("handshakeTimeout: PT0S (expected: > 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> RpcOptions.defaults().withMaxMessageSize(0))
			.withMessage("maxMessageSize: 0 (expected: >= 1)");
		Implementation echo = ECHO.implementNow((context, text) -> text);
		assertThatIllegalArgumentException().isThrownBy(() -> Implementations.of(echo, echo))
			.withMessage("implementations: two of echo v1 (expected: one of each name and version)");
	}

	private CompletableFuture<RpcConnection> establish(RpcOptions options) {
		CompletableFuture<RpcConnection> establishing = RpcConnection.establish(this.transports.first(), options);
		this.time.execute(() -> this.peer.start(new FrameHandler() {

			@Override
			public @Nullable CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
				return null;
			}

			@Override
			public void ended(@Nullable Throwable reason) {
				HandshakeTests.this.closedToPeer = true;
			}

		}));
		this.time.run();
		return establishing;
	}

	private void send(FrameEncoder message) {
		this.time.execute(() -> this.peer.send(message));
		this.time.run();
	}

	private static void query(ByteBuf out, int version) {
		new MessageWriter(version).query(out, RpcId.of("echo", 1), -1, 1, null);
		MessageWriter.payload(out, BinCodecs.STRING, "hello");
	}

	private void assertFailed(CompletableFuture<RpcConnection> establishing, Step step, String reason) {
		this.time.run();
		assertThat(establishing).isCompletedExceptionally();
		Throwable failure = establishing.handle((value, error) -> error).join();
		assertThat(failure)
			.isInstanceOfSatisfying(HandshakeException.class, (error) -> assertThat(error.step()).isEqualTo(step))
			.hasMessageContaining(reason);
		assertThat(this.closedToPeer).isTrue();
	}

}
