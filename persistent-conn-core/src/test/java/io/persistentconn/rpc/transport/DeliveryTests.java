package io.persistentconn.rpc.transport;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.rpc.transport.FrameException.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R8")
class DeliveryTests {

	private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("peer", 7);

	private static final int INPUTS = 1_000_000;

	private static final int MAX_LENGTH = 100 * 1024 * 1024;

	@Test
	void aMillionMalformedInputsGiveNothingButNamedErrorsAndTakeNoMemory() {
		RandomGenerator random = new SplittableRandom(20261121);
		Counting handler = new Counting();
		Map<Kind, Integer> errors = new EnumMap<>(Kind.class);
		ByteBuf bytes = Unpooled.buffer(256, 256);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < INPUTS; i++) {
			Delivery delivery = new Delivery(PEER, MAX_LENGTH);
			delivery.start(handler);
			writeMalformed(random, bytes.clear());
			int total = bytes.readableBytes();
			int frames = handler.frames;
			int length = handler.length;
			try {
				delivery.deliver(bytes);
				// What remains is the beginning of a frame.
				assertThat(
						bytes.readableBytes() < 8 || bytes.getLongLE(bytes.readerIndex()) > bytes.readableBytes() - 8)
					.isTrue();
			}
			catch (FrameException ex) {
				errors.merge(ex.kind(), 1, Integer::sum);
				assertThat(bytes.getLongLE(bytes.readerIndex())).isEqualTo(ex.value());
			}
			// Every byte is in a frame that was handed over, or unread.
			int framed = handler.length - length + 8 * (handler.frames - frames);
			if (framed + bytes.readableBytes() != total) {
				throw new AssertionError("Input " + i + ": " + framed + " of " + total + " bytes");
			}
		}
		long perInput = (threads.getCurrentThreadAllocatedBytes() - before) / INPUTS;
		assertThat(bytes.refCnt()).isEqualTo(1);
		assertThat(errors).containsOnlyKeys(Kind.NEGATIVE, Kind.ZERO, Kind.TOO_LONG);
		assertThat(errors.values()).allMatch((number) -> number > INPUTS / 100);
		assertThat(handler.frames).isGreaterThan(INPUTS / 10);
		// An error with its stack trace, but nothing of the size that was claimed.
		assertThat(perInput).isLessThan(32 * 1024);
	}

	/** Some frames, then noise, or a frame with a length that is wrong somehow. */
	private static void writeMalformed(RandomGenerator random, ByteBuf bytes) {
		for (int frames = random.nextInt(3); frames > 0; frames--) {
			int length = 1 + random.nextInt(40);
			bytes.writeLongLE(length).writeZero(length);
		}
		switch (random.nextInt(7)) {
			case 0 -> bytes.writeLongLE(random.nextLong());
			case 1 -> bytes.writeLongLE(-1L - random.nextInt(1000));
			case 2 -> bytes.writeLongLE(0);
			case 3 -> bytes.writeLongLE(MAX_LENGTH + 1L + random.nextInt(1000));
			case 4 -> bytes.writeLongLE(1 + random.nextInt(MAX_LENGTH));
			// Its lower half is a good length.
			case 5 -> bytes.writeIntLE(1 + random.nextInt(20)).writeIntLE(random.nextInt());
			default -> {
			}
		}
		byte[] noise = new byte[random.nextInt(60)];
		random.nextBytes(noise);
		bytes.writeBytes(noise);
	}

	private static final class Counting implements FrameHandler {

		private int frames;

		private int length;

		@Override
		public CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
			this.frames++;
			this.length += end - start;
			return null;
		}

		@Override
		public void ended(Throwable reason) {
			throw new AssertionError(reason);
		}

	}

}
