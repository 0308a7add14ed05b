package io.persistentconn.binprot;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that are wrong by accident or on purpose give values or a
 * {@link BinProtException}, and cost no more memory than their own size warrants.
 */
class MalformedInputTests {

	private static final long SEED = 20240517;

	private static final int MUTATIONS_PER_VALUE = 300;

	/** What a codec, an exception and its stack trace may take. */
	private static final long FIXED_ALLOCATION = 512 * 1024;

	/** What values may take for each byte: an element of one byte may be an object. */
	private static final long ALLOCATION_PER_BYTE = 512;

	private static final byte[][] CLAIMS = { Octets.of("fdffffff7f"), Octets.of("fcffffffffffffff3f"),
			Octets.of("fdffffffff"), Octets.of("feffff"), Octets.of("7f"), Octets.of("fcffffffffffffffff") };

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final RandomGenerator random = new SplittableRandom(SEED);

	@Test
	void mutatedValuesGiveAValueOrAnError() {
		int errors = 0;
		int values = 0;
		for (Map<String, String> recorded : distinct()) {
			BinCodec<Object> codec = RecordedCodecs.codec(recorded.get("type"));
			byte[] octets = Octets.of(recorded.get("hex"));
			for (int i = 0; i < MUTATIONS_PER_VALUE; i++) {
				if (reads(codec, mutate(octets))) {
					values++;
				}
				else {
					errors++;
				}
			}
		}
		assertThat(errors).isGreaterThan(10_000);
		assertThat(values).isGreaterThan(10_000);
	}

	@Test
	void randomBytesGiveAValueOrAnError() {
		Set<String> types = new HashSet<>();
		Recordings.values().forEach((recorded) -> types.add(recorded.get("type")));
		Recordings.shapes().forEach((recorded) -> types.add(recorded.get("type")));
		for (String type : types) {
			for (int i = 0; i < MUTATIONS_PER_VALUE; i++) {
				byte[] octets = new byte[this.random.nextInt(40)];
				for (int j = 0; j < octets.length; j++) {
					octets[j] = (byte) ((this.random.nextInt(3) > 0) ? this.random.nextInt(4) : this.random.nextInt());
				}
				reads(RecordedCodecs.codec(type), octets);
			}
		}
		assertThat(types).hasSizeGreaterThan(60);
	}

	/** One of each type and size, so that the long lists of integers do not dominate. */
	private static List<Map<String, String>> distinct() {
		Set<String> seen = new HashSet<>();
		return Recordings.values()
			.stream()
			.filter((recorded) -> recorded.get("hex").length() < 4000)
			.filter((recorded) -> seen.add(recorded.get("type") + " " + recorded.get("hex").length()))
			.toList();
	}

	private boolean reads(BinCodec<Object> codec, byte[] octets) {
		long before = this.threads.getCurrentThreadAllocatedBytes();
		boolean read = true;
		try {
			Octets.read(codec, octets, new BinReader());
		}
		catch (BinProtException ex) {
			read = false;
			assertThat(ex.offset()).isBetween(0, octets.length);
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError(codec + ": " + Arrays.toString(octets), ex);
		}
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).as("%s: %s", codec, octets)
			.isLessThan(FIXED_ALLOCATION + ALLOCATION_PER_BYTE * octets.length);
		return read;
	}

	private byte[] mutate(byte[] octets) {
		byte[] mutated = octets.clone();
		int at = this.random.nextInt(octets.length + 1);
		switch (this.random.nextInt(4)) {
			case 0 -> {
				return Arrays.copyOf(octets, at);
			}
			case 1 -> {
				return insert(octets, at, CLAIMS[this.random.nextInt(CLAIMS.length)]);
			}
			case 2 -> {
				return insert(octets, at, (byte) this.random.nextInt());
			}
			default -> {
				for (int i = 0; i <= this.random.nextInt(3) && octets.length > 0; i++) {
					mutated[this.random.nextInt(octets.length)] ^= (byte) (1 << this.random.nextInt(8));
				}
				return mutated;
			}
		}
	}

	private static byte[] insert(byte[] octets, int at, byte... inserted) {
		byte[] longer = Arrays.copyOf(octets, octets.length + inserted.length);
		System.arraycopy(inserted, 0, longer, at, inserted.length);
		System.arraycopy(octets, at, longer, at + inserted.length, octets.length - at);
		return longer;
	}

}
