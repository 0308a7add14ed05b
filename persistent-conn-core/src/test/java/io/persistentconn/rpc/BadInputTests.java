package io.persistentconn.rpc;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.protocol.HandshakeException.Step;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.StreamData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a peer can do wrong, byte by byte: it costs as much as it has to, both ends know
 * why, and memory is bounded.
 */
class BadInputTests {

	private static final int NEWEST = 11;

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private static final PipeRpc<Unit, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.STRING,
			BinCodecs.STRING);

	private static final RpcOptions SERVING = RpcOptions.defaults()
		.withImplementations(Implementations.of(ECHO.implementNow((context, text) -> text)));

	private RawPeer peer = new RawPeer(SERVING);

	@AfterEach
	void close() {
		this.peer.close();
	}

	private void establish(RpcOptions options) {
		this.peer.close();
		this.peer = RawPeer.established(options, NEWEST);
	}

	/**
	 * With the magic numbers of Kerberos and of its tests, and a version that we speak.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "02fd4b52423201", "02fd4b42540001" })
	@Tag("R1")
	void aPeerOfAnotherProtocolIsClosedWithoutAWord(String header) {
		this.peer.send((out) -> out.writeBytes(HexFormat.of().parseHex(header)));
		assertNoHandshake(Step.NEGOTIATION, "the peer speaks another protocol");
		assertThat(this.peer.heard()).hasSize(1);
	}

	@Test
	@Tag("R1")
	void aPeerThatStopsInTheMiddleOfItsHeaderIsGivenUp() {
		byte[] header = RawPeer.frame(Header.of(1, NEWEST)::write);
		this.peer.socket.receive(Arrays.copyOf(header, header.length - 1));
		this.peer.advance(Duration.ofSeconds(29));
		assertThat(this.peer.establishing).isNotDone();
		this.peer.advance(Duration.ofSeconds(1));
		assertNoHandshake(Step.HEADER, "nothing came within PT30S");
	}

	@Test
	@Tag("R1")
	void aPeerThatStopsInTheMiddleOfItsMetadataIsGivenUpAndToldWhy() {
		this.peer.send(Header.of(1, NEWEST)::write);
		this.peer.socket.receive(Arrays.copyOf(length(100), 50));
		this.peer.advance(Duration.ofSeconds(30));
		assertNoHandshake(Step.METADATA, "nothing came within PT30S");
		assertThat(this.peer.closeReason()).contains("nothing came within PT30S");
	}

	@Test
	@Tag("R2")
	void aPeerThatStopsInTheMiddleOfAFrameIsTakenForDead() {
		establish(SERVING);
		this.peer.socket.receive(Arrays.copyOf(length(100), 50));
		// Until three heartbeats after its last byte are unanswered.
		this.peer.advance(Duration.ofSeconds(41));
		this.peer.assertClosedBecause("no sign of life for PT30S");
	}

	@Test
	@Tag("R7")
	void aPeerThatEndsInTheMiddleOfAFrameIsNamed() {
		establish(SERVING);
		this.peer.socket.receive(Arrays.copyOf(length(100), 50));
		this.peer.socket.receiveEnd();
		assertThat(this.peer.connection().closeReason()).get()
			.asString()
			.contains("the stream ended 50 bytes into a frame");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, Long.MIN_VALUE, 0, 100 * 1024 * 1024 + 1, 1L << 32 | 5, Long.MAX_VALUE })
	@Tag("R8")
	void aLengthThatIsNoneIsToldToThePeer(long length) {
		establish(SERVING);
		this.peer.socket.receive(length(length));
		this.peer.assertClosedBecause("length of a received message: " + length + " (expected: 1 to 104857600)");
	}

	@Test
	@Tag("R8")
	void aHugeLengthTakesNoMemoryBeforeItsBytesCome() {
		establish(SERVING);
		long before = allocated();
		this.peer.socket.receive(length(RpcOptions.DEFAULT_MAX_MESSAGE_SIZE));
		this.peer.socket.receive(new byte[1000]);
		assertThat(allocated() - before).isLessThan(1024 * 1024);
		assertThat(this.peer.connection().isClosed()).isFalse();
	}

	@Test
	@Tag("R7")
	void aMessageOfNoKindIsToldToThePeer() {
		establish(SERVING);
		this.peer.send((out) -> out.writeByte(13));
		this.peer.assertClosedBecause("message of kind 13 (expected: 0 to 12)");
	}

	@Test
	@Tag("R7")
	void anAnswerToNobodyIsToldToThePeer() {
		establish(SERVING);
		this.peer.send((out) -> {
			new MessageWriter(NEWEST).okResponse(out, 77, -1);
			MessageWriter.payload(out, BinCodecs.STRING, "hello");
		});
		this.peer.assertClosedBecause("response to the unknown query 77");
	}

	@Test
	@Tag("R7")
	void anErrorInAnswerToNobodyIsToldToThePeer() {
		establish(SERVING);
		this.peer.send((out) -> new MessageWriter(NEWEST).errorResponse(out, 77, -1, new RpcError.UnknownQueryId(5)));
		this.peer.assertClosedBecause("error in response to the unknown query 77");
	}

	/** There is one RPC, whose rank is 0. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 1_000_000, Integer.MAX_VALUE })
	@Tag("R7")
	void aRankOutsideTheMenuIsToldToThePeer(int rank) {
		establish(SERVING);
		query(1, 0, "hello");
		assertThat(this.peer.connection().isClosed()).isFalse();
		query(2, rank, "hello");
		this.peer.assertClosedBecause("query of the RPC with rank " + rank + " (expected: below 1)");
	}

	@Test
	@Tag("R4")
	void queryDataThatDoesNotDecodeCostsTheCallOnly() {
		establish(SERVING);
		int before = this.peer.heard().size();
		this.peer.query(NEWEST, ECHO.id(), -1, 1, (out) -> out.writeByte(3).writeByte(100).writeZero(2));
		this.peer.query(NEWEST, ECHO.id(), -1, 2, (out) -> out.writeByte(120).writeByte(0));
		query(3, -1, "alive");
		assertThat(this.peer.heard()).hasSize(before + 3);
		assertThat(this.peer.heard().get(before + 2)).endsWith("alive".getBytes(StandardCharsets.UTF_8));
		assertThat(this.peer.connection().isClosed()).isFalse();
	}

	@Test
	@Tag("R3")
	void whatComesAfterAnAbortIsDroppedUntilTheEndAndThenItIsAnAnswerToNobody() {
		establish(SERVING);
		CompletableFuture<Outcome<Pipe<String>, String>> call = LINES.dispatch(this.peer.connection(), Unit.UNIT);
		respond((out) -> StreamData.writeInitial(out, BinCodecs.UNIT, Unit.UNIT));
		Pipe<String> pipe = call.join().orElseThrow();
		respond((out) -> StreamData.writeUpdate(out, BinCodecs.STRING, "before"));
		assertThat(pipe.read().join()).contains("before");
		pipe.close();
		this.peer.socket.run();
		for (int i = 0; i < 3; i++) {
			respond((out) -> StreamData.writeUpdate(out, BinCodecs.STRING, "late"));
		}
		assertThat(this.peer.connection().isClosed()).isFalse();
		assertThat(this.peer.connection().session().openCalls().size()).isOne();
		respond(StreamData::writeEof);
		assertThat(this.peer.connection().session().openCalls().size()).isZero();
		assertThat(this.peer.connection().isClosed()).isFalse();
		respond((out) -> StreamData.writeUpdate(out, BinCodecs.STRING, "too late"));
		this.peer.assertClosedBecause("response to the unknown query 1");
	}

	@Test
	@Tag("R8")
	void aMillionHeartbeatsTakeNoMemoryAndAreNotAnswered() {
		establish(SERVING);
		byte[] heartbeat = RawPeer.frame((out) -> out.writeByte(0));
		byte[] heartbeats = new byte[1000 * heartbeat.length];
		for (int i = 0; i < heartbeats.length; i++) {
			heartbeats[i] = heartbeat[i % heartbeat.length];
		}
		int[] listened = new int[1];
		this.peer.connection().addHeartbeatListener(() -> listened[0]++);
		long written = this.peer.connection().bytesWritten();
		long before = allocated();
		for (int i = 0; i < 1000; i++) {
			this.peer.socket.receive(heartbeats);
		}
		// Little for each, which does not stay: an iterator over the listeners.
		assertThat(allocated() - before).isLessThan(64 * 1_000_000L);
		assertThat(listened[0]).isEqualTo(1_000_000);
		assertThat(this.peer.connection().isClosed()).isFalse();
		assertThat(this.peer.connection().bytesWritten()).isEqualTo(written);
	}

	@Test
	@Tag("R8")
	void aFloodOfQueriesWhoseAnswersNobodyTakesIsNotReadOn() {
		establish(SERVING);
		this.peer.socket.holdWrites();
		int queries = 0;
		while (this.peer.socket.isReading()) {
			query(++queries, -1, "x".repeat(1000));
			assertThat(queries).isLessThan(1000);
		}
		assertThat(this.peer.connection().bytesToWrite()).isLessThan(256 * 1024);
		assertThat(this.peer.connection().isClosed()).isFalse();
		while (this.peer.connection().bytesToWrite() > 0) {
			this.peer.socket.take();
		}
		assertThat(this.peer.socket.isReading()).isTrue();
	}

	private void query(long id, int rank, String text) {
		this.peer.query(NEWEST, ECHO.id(), rank, id, (out) -> MessageWriter.payload(out, BinCodecs.STRING, text));
	}

	/** Answers the first query of the other end. */
	private void respond(Consumer<ByteBuf> data) {
		this.peer.send((out) -> {
			new MessageWriter(NEWEST).okResponse(out, 1, -1);
			data.accept(out);
		});
	}

	private void assertNoHandshake(Step step, String reason) {
		assertThat(this.peer.establishing).isCompletedExceptionally();
		assertThat(this.peer.establishing.handle((connection, failure) -> failure).join())
			.isInstanceOfSatisfying(HandshakeException.class, (error) -> assertThat(error.step()).isEqualTo(step))
			.hasMessageContaining(reason);
		assertThat(this.peer.socket.connection().isClosed()).isTrue();
	}

	private static byte[] length(long length) {
		return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
	}

	private static long allocated() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

}
