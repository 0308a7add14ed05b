package io.persistentconn.rpc.transport;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.rpc.fuzz.InputCost;
import io.persistentconn.rpc.golden.GoldenRecording;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import org.jspecify.annotations.Nullable;

/**
 * For Jazzer: a stream of bytes that come in pieces. The frames found in it are compared
 * with those that a decoder of few lines finds in the whole. <pre>
 *  0              1              2
 * +--------------+--------------+--------+
 * | piece length | pauses (bits)| stream |
 * +--------------+--------------+--------+
 * </pre>
 */
public final class FrameFuzzTarget implements FrameHandler {

	private static final int HEAD = 2;

	private static final int MAX_LENGTH = 1000;

	private final byte[] input;

	private final Delivery delivery = new Delivery(InetSocketAddress.createUnresolved("peer", 7), MAX_LENGTH);

	private final ByteArrayOutputStream delivered = new ByteArrayOutputStream();

	private final ByteArrayOutputStream expected = new ByteArrayOutputStream();

	private int frames;

	private FrameFuzzTarget(byte[] input) {
		this.input = input;
	}

	/** Called by Jazzer. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length >= HEAD) {
			InputCost.check(input.length, () -> new FrameFuzzTarget(input).run());
		}
	}

	/** What to begin with. */
	public static Stream<byte[]> seeds() {
		return GoldenRecording.all()
			.stream()
			.flatMap((recording) -> Stream.of(Direction.values()).map(recording::bytes))
			.map((bytes) -> Arrays.copyOf(bytes, Math.min(bytes.length, 2000)))
			.flatMap((bytes) -> Stream.of(seed(255, 0, bytes), seed(7, 0x55, bytes)));
	}

	private static byte[] seed(int pieceLength, int pauses, byte[] stream) {
		return ByteBuffer.allocate(HEAD + stream.length).put((byte) pieceLength).put((byte) pauses).put(stream).array();
	}

	private void run() {
		FrameException error = deliver();
		Long wrongLength = decode();
		if (!Arrays.equals(this.delivered.toByteArray(), this.expected.toByteArray())) {
			throw new AssertionError("Other frames were delivered than were sent");
		}
		if ((wrongLength == null) != (error == null) || (error != null && error.value() != wrongLength)) {
			throw new AssertionError("Length " + wrongLength + " gave " + error);
		}
	}

	private @Nullable FrameException deliver() {
		ByteBuf unread = Unpooled.buffer();
		try {
			this.delivery.start(this);
			int pieceLength = Math.max(1, Byte.toUnsignedInt(this.input[0]));
			for (int at = HEAD; at < this.input.length; at += pieceLength) {
				unread.writeBytes(this.input, at, Math.min(pieceLength, this.input.length - at));
				CompletionStage<?> pause = this.delivery.deliver(unread);
				while (pause != null) {
					pause = this.delivery.deliver(unread);
				}
				unread.discardReadBytes();
			}
			return null;
		}
		catch (FrameException ex) {
			return ex;
		}
		finally {
			unread.release();
		}
	}

	/** Returns the first length that is none. */
	private @Nullable Long decode() {
		ByteBuffer stream = ByteBuffer.wrap(this.input).order(ByteOrder.LITTLE_ENDIAN).position(HEAD);
		while (stream.remaining() >= Long.BYTES) {
			long length = stream.getLong();
			if (length < 1 || length > MAX_LENGTH) {
				return length;
			}
			if (length > stream.remaining()) {
				return null;
			}
			keep(this.expected, this.input, stream.position(), (int) length);
			stream.position(stream.position() + (int) length);
		}
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
		byte[] frame = new byte[end - start];
		buffer.getBytes(start, frame);
		keep(this.delivered, frame, 0, frame.length);
		boolean waits = (this.input[1] >> (this.frames++ % Byte.SIZE) & 1) == 1;
		return waits ? CompletableFuture.completedFuture(null) : null;
	}

	@Override
	public void ended(@Nullable Throwable reason) {
		throw new AssertionError("Nobody ended the stream", reason);
	}

	private static void keep(ByteArrayOutputStream frames, byte[] bytes, int start, int length) {
		frames.writeBytes(Frames.length(length));
		frames.write(bytes, start, length);
	}

}
