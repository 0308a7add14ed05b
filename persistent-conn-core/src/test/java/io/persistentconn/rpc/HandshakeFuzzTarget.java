package io.persistentconn.rpc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.fuzz.InputCost;
import io.persistentconn.rpc.golden.GoldenRecording;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import io.persistentconn.rpc.protocol.ProtocolVersion;
import io.persistentconn.rpc.transport.FrameHandler;
import io.persistentconn.rpc.transport.MemoryTransport;
import org.jspecify.annotations.Nullable;

/**
 * For Jazzer: all that a peer says from its header on. The handshake ends in time, with a
 * connection or an error that has a name; so does the connection; and nothing remains.
 * <pre>
 *  0                                          1
 * +------------------------------------------+-----------------------------+
 * | highest version - 1; top bit: peer closes | frames, as those of a stream |
 * +------------------------------------------+-----------------------------+
 * </pre>
 */
public final class HandshakeFuzzTarget {

	private static final int PEER_CLOSES = 0x80;

	private static final Implementations IMPLEMENTATIONS = Implementations.of(
			Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING).implementNow((context, text) -> text),
			Rpc.of("hang", 1, BinCodecs.UNIT, BinCodecs.UNIT).implement((context, unit) -> new CompletableFuture<>()),
			OneWayRpc.of("log", 1, BinCodecs.STRING).implement((context, text) -> {
			}),
			PipeRpc.of("count", 1, BinCodecs.of(Range.class), BinCodecs.INT, BinCodecs.STRING)
				.implement((context,
						range) -> CompletableFuture.completedFuture((range.from() > range.upto())
								? Outcome.rejected("negative") : Outcome.accepted(PipeWriter.<Long>create().pipe()))),
			StateRpc.of("clock", 1, BinCodecs.UNIT, BinCodecs.INT, BinCodecs.INT, BinCodecs.STRING)
				.implementDirect((context, unit, writer) -> {
					writer.write(1L);
					return CompletableFuture.completedFuture(Outcome.accepted(1000L));
				}));

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final MemoryTransport.Pair transports = MemoryTransport.pair(this.time, this.time);

	private final byte[] input;

	private HandshakeFuzzTarget(byte[] input) {
		this.input = input;
	}

	/** Called by Jazzer. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length > 0) {
			InputCost.check(input.length, () -> new HandshakeFuzzTarget(input).run());
		}
	}

	/** What to begin with. */
	public static Stream<byte[]> seeds() {
		return GoldenRecording.all()
			.stream()
			.flatMap((recording) -> Stream.of(Direction.values()).map(recording::bytes))
			.map((bytes) -> Arrays.copyOf(bytes, Math.min(bytes.length, 2000)))
			.flatMap((bytes) -> Stream.of(ProtocolVersion.HIGHEST - 1, PEER_CLOSES | ProtocolVersion.HIGHEST - 1)
				.map((head) -> ByteBuffer.allocate(1 + bytes.length).put(head.byteValue()).put(bytes).array()));
	}

	private void run() {
		int highest = 1 + (this.input[0] & PEER_CLOSES - 1) % ProtocolVersion.HIGHEST;
		CompletableFuture<RpcConnection> establishing = RpcConnection.establish(this.transports.first(),
				RpcOptions.defaults()
					.withMaxProtocolVersion(highest)
					.withMaxOpenCalls(4)
					.withImplementations(IMPLEMENTATIONS));
		this.time.execute(() -> this.transports.second().start(new Peer()));
		this.time.run();
		sendFrames();
		if ((this.input[0] & PEER_CLOSES) != 0) {
			this.transports.second().closeAsync();
		}
		// Half a minute for each of two steps.
		this.time.advanceBy(Duration.ofMinutes(1));
		check(establishing.isDone(), "The handshake has not ended");
		if (establishing.isCompletedExceptionally()) {
			checkNamed(establishing.handle((connection, failure) -> failure).join());
		}
		else {
			close(establishing.join());
		}
		this.transports.second().closeByForce();
		this.time.advanceBy(Closing.FLUSH_LIMIT);
		check(this.transports.first().closeFinished().isDone(), "The transport has not closed");
		check(this.time.pendingAlarms() == 0, "An alarm is still set");
	}

	private void sendFrames() {
		ByteBuffer stream = ByteBuffer.wrap(this.input).order(ByteOrder.LITTLE_ENDIAN).position(1);
		while (stream.remaining() > Long.BYTES) {
			long length = stream.getLong();
			boolean fits = length > 0 && length < stream.remaining();
			byte[] frame = new byte[fits ? (int) length : stream.remaining()];
			stream.get(frame);
			this.time.execute(() -> this.transports.second().send(Unpooled.wrappedBuffer(frame)));
		}
		this.time.run();
	}

	private void close(RpcConnection connection) {
		connection.closeAsync("enough");
		this.time.advanceBy(Closing.FLUSH_LIMIT);
		check(connection.closeFinished().isDone(), "The connection has not closed");
		connection.closeReason().ifPresent(HandshakeFuzzTarget::checkNamed);
		check(connection.session().servedCalls().streams() == 0, "A stream is still open");
	}

	/** What is wrong with the input has a name, and is not some bug of ours. */
	private static void checkNamed(Throwable failure) {
		for (Throwable error = failure; error != null; error = error.getCause()) {
			if (!(error instanceof PersistentConnException)) {
				throw new AssertionError("An error without a name", failure);
			}
		}
	}

	private static void check(boolean condition, Object otherwise) {
		if (!condition) {
			throw new AssertionError(otherwise);
		}
	}

	/**
	 * The query of a stream.
	 *
	 * @param from the first number
	 * @param upto the last number
	 * @param interval between two
	 */
	record Range(long from, long upto, long interval) {
	}

	/** Hears everything and answers nothing. */
	private static final class Peer implements FrameHandler {

		@Override
		public @Nullable CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
			return null;
		}

		@Override
		public void ended(@Nullable Throwable reason) {
		}

	}

}
