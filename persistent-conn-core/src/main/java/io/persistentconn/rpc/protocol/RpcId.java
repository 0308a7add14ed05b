package io.persistentconn.rpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;

/**
 * Names an RPC: a name and a version. The order is that of OCaml, by the octets of the
 * name, then by version.
 */
public final class RpcId implements Comparable<RpcId> {

	private final String name;

	private final long version;

	/** The octets of the name, which are not UTF-8 if a peer has it so. */
	private final byte[] tag;

	private final long[] tagWords;

	private final int tagHash;

	/** The name as a string, then the version as an int. */
	private final byte[] encoded;

	private RpcId(String name, byte[] tag, long version) {
		this.name = name;
		this.version = version;
		this.tag = tag;
		ByteBuf buffer = Unpooled.wrappedBuffer(tag);
		this.tagWords = IntStream.range(0, TagWords.count(tag.length))
			.mapToLong((word) -> TagWords.word(buffer, 0, tag.length, word))
			.toArray();
		this.tagHash = TagWords.hash(buffer, 0, tag.length, version);
		this.encoded = encode(tag, version);
	}

	private static byte[] encode(byte[] tag, long version) {
		byte[] encoded = new byte[BinWriter.sizeOfBytes(tag) + BinWriter.sizeOfOcamlInt(version)];
		ByteBuf out = Unpooled.wrappedBuffer(encoded).writerIndex(0);
		BinWriter.writeBytes(tag, out);
		BinWriter.writeOcamlInt(version, out);
		return encoded;
	}

	/**
	 * Creates the id of an RPC.
	 * @param name the name; only different versions of one RPC share it
	 * @param version the version, of 63 bits
	 * @return the id
	 */
	public static RpcId of(String name, long version) {
		try {
			return new RpcId(name, name.getBytes(StandardCharsets.UTF_8), version);
		}
		catch (BinProtException ex) {
			throw new IllegalArgumentException("version of RPC " + name + ": " + version + " (expected: 63 bits)", ex);
		}
	}

	static RpcId read(BinReader in) {
		byte[] tag = in.readBytes(in.readLength());
		return new RpcId(new String(tag, StandardCharsets.UTF_8), tag, in.readOcamlInt());
	}

	void write(ByteBuf out) {
		out.writeBytes(this.encoded);
	}

	/** Whether octets in a buffer are the name. */
	boolean hasTag(ByteBuf buffer, int start, int length) {
		if (length != this.tag.length) {
			return false;
		}
		for (int word = 0; word < this.tagWords.length; word++) {
			if (this.tagWords[word] != TagWords.word(buffer, start, length, word)) {
				return false;
			}
		}
		return true;
	}

	int tagHash() {
		return this.tagHash;
	}

	/**
	 * The name.
	 * @return the name; octets of a peer's that are not UTF-8 are replaced
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The version.
	 * @return the version
	 */
	public long version() {
		return this.version;
	}

	@Override
	public int compareTo(RpcId other) {
		int order = Arrays.compareUnsigned(this.tag, other.tag);
		return (order != 0) ? order : Long.compare(this.version, other.version);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RpcId id && this.version == id.version && Arrays.equals(this.tag, id.tag);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.tag) + Long.hashCode(this.version);
	}

	@Override
	public String toString() {
		return this.name + " v" + this.version;
	}

}
