package io.persistentconn.rpc.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;

/**
 * The first message of each side: the versions of the protocol that it speaks. Source:
 * wire, section 3. <pre>
 *  count, the magic number "RPC" and the versions, as ints
 * </pre>
 */
public final class Header {

	/** How many numbers a header may have. */
	public static final int MAX_NUMBERS = 100;

	/** The letters {@code RPC}, as a little-endian number. */
	private static final long MAGIC = 4411474;

	/** The letters {@code KRB2}: the protocol with Kerberos. */
	private static final long KERBEROS = 843207243;

	/** The letters {@code KBT}: the protocol with Kerberos tests. */
	private static final long KERBEROS_TEST = 5521995;

	/** Numbers above this are no versions, but magic numbers of things to come. */
	private static final long MAX_VERSION = 1_000_000;

	private final long[] versions;

	private final boolean legacy;

	private Header(long[] versions, boolean legacy) {
		this.versions = versions;
		this.legacy = legacy;
	}

	/**
	 * Creates the header of this side.
	 * @param lowest the lowest version to speak
	 * @param highest the highest version to speak
	 * @return the header of these and all between
	 * @throws IllegalArgumentException if they are not versions spoken here, in this
	 * order
	 */
	public static Header of(int lowest, int highest) {
		if (lowest < ProtocolVersion.LOWEST || highest > ProtocolVersion.HIGHEST || lowest > highest) {
			throw new IllegalArgumentException("protocol versions: " + lowest + " to " + highest + " (expected: within "
					+ ProtocolVersion.LOWEST + " to " + ProtocolVersion.HIGHEST + ")");
		}
		return new Header(LongStream.rangeClosed(lowest, highest).toArray(), false);
	}

	/**
	 * Appends the header, without the frame around it.
	 * @param out gets it
	 */
	public void write(ByteBuf out) {
		BinWriter.writeNat0(1 + this.versions.length, out);
		BinWriter.writeOcamlInt(MAGIC, out);
		for (long version : this.versions) {
			BinWriter.writeOcamlInt(version, out);
		}
	}

	/**
	 * Reads the header of a peer.
	 * @param in stands at the header and ends with its frame; to be reset afterwards
	 * @return the header
	 * @throws HandshakeException if this is no header, is longer than it may be, has
	 * bytes left over, or is that of another protocol
	 */
	public static Header read(BinReader in) {
		try {
			long[] numbers = readNumbers(in);
			in.expectEnd();
			return ofNumbers(numbers);
		}
		catch (BinProtException ex) {
			throw new HandshakeException(HandshakeException.Step.HEADER, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static long[] readNumbers(BinReader in) {
		int position = in.position();
		long count = in.readLongNat0();
		if (count > MAX_NUMBERS) {
			throw in.errorAt(position, "numbers: " + count + " (expected: <= " + MAX_NUMBERS + ")");
		}
		long[] numbers = new long[(int) count];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.readOcamlInt();
		}
		return numbers;
	}

	private static Header ofNumbers(long[] numbers) {
		boolean legacy = true;
		for (long number : numbers) {
			if (number == KERBEROS || number == KERBEROS_TEST) {
				throw new HandshakeException(HandshakeException.Step.NEGOTIATION,
						"the peer speaks another protocol, its magic number is " + number + " (expected: " + MAGIC
								+ ")");
			}
			legacy &= number != MAGIC;
		}
		return new Header(LongStream.of(numbers).filter((number) -> number <= MAX_VERSION).toArray(), legacy);
	}

	/**
	 * The highest version of the protocol that both sides speak.
	 * @param peer the header of the peer
	 * @return the version to speak
	 * @throws HandshakeException if there is none
	 */
	public int highestCommon(Header peer) {
		return (int) Arrays.stream(this.versions)
			.filter((version) -> Arrays.stream(peer.versions).anyMatch((other) -> other == version))
			.max()
			.orElseThrow(() -> new HandshakeException(HandshakeException.Step.NEGOTIATION,
					"no common version: the peer speaks " + peer + " (expected: one of " + this + ")"));
	}

	/**
	 * Whether the header lacks the magic number, as those of old peers do.
	 * @return whether it does
	 */
	public boolean isLegacy() {
		return this.legacy;
	}

	/**
	 * The versions.
	 * @return the numbers of the header that may be versions, in its order
	 */
	public List<Long> versions() {
		return Arrays.stream(this.versions).boxed().toList();
	}

	@Override
	public String toString() {
		return Arrays.stream(this.versions).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
	}

}
