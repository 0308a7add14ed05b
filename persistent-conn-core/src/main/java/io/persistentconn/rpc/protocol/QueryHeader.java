package io.persistentconn.rpc.protocol;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinReader;
import org.jspecify.annotations.Nullable;

/**
 * What a query says before its data: which RPC it is for, by name and version or by rank.
 * A {@link MessageReader} has one, which it fills for each query anew; the name stays in
 * the buffer. {@link RpcTable} finds the RPC.
 */
public final class QueryHeader {

	/** The {@link #rank()} of a query that names its RPC by name and version. */
	public static final int BY_NAME = -1;

	private static final int SPECIFIED_BY_RANK = 1;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private int tagStart;

	private int tagLength;

	private long version;

	private int rank = BY_NAME;

	private long queryId;

	private @Nullable QueryMetadata metadata;

	QueryHeader() {
	}

	void readV1(BinReader in) {
		readName(in);
		this.queryId = in.readOcamlInt();
		this.metadata = null;
	}

	void readV2(BinReader in) {
		readName(in);
		this.queryId = in.readOcamlInt();
		this.metadata = in.readPresent() ? QueryMetadataCodec.readText(in) : null;
	}

	void readV3(BinReader in) {
		readName(in);
		this.queryId = in.readOcamlInt();
		this.metadata = in.readPresent() ? QueryMetadataCodec.readKeyed(in) : null;
	}

	void readV4(BinReader in) {
		int position = in.position();
		int specifier = in.readUnsignedByte();
		if (specifier > SPECIFIED_BY_RANK) {
			throw in.errorAt(position, "RPC specifier: " + specifier + " (expected: 0 or 1)");
		}
		if (specifier == SPECIFIED_BY_RANK) {
			readRank(in);
		}
		else {
			readName(in);
		}
		this.queryId = in.readOcamlInt();
		this.metadata = in.readPresent() ? QueryMetadataCodec.readKeyed(in) : null;
	}

	private void readName(BinReader in) {
		this.tagLength = in.readLength();
		this.buffer = in.buffer();
		this.tagStart = in.position();
		in.skip(this.tagLength);
		this.version = in.readOcamlInt();
		this.rank = BY_NAME;
	}

	private void readRank(BinReader in) {
		int position = in.position();
		this.rank = in.readInt();
		if (this.rank < 0) {
			throw in.errorAt(position, "rank: " + this.rank + " (expected: >= 0)");
		}
		this.tagLength = 0;
		this.version = 0;
	}

	/**
	 * The query.
	 * @return the id that the caller gave it
	 */
	public long queryId() {
		return this.queryId;
	}

	/**
	 * Which RPC of the menu that was sent to the caller.
	 * @return its rank, not checked against any menu; {@link #BY_NAME} if the query tells
	 * name and version instead
	 */
	public int rank() {
		return this.rank;
	}

	/**
	 * The name of the RPC; makes a new string at each call.
	 * @return the name, empty if the query tells a rank; what is not UTF-8 is replaced
	 */
	public String name() {
		return this.buffer.toString(this.tagStart, this.tagLength, StandardCharsets.UTF_8);
	}

	/**
	 * The version of the RPC.
	 * @return the version, 0 if the query tells a rank
	 */
	public long version() {
		return this.version;
	}

	/**
	 * Whether the query tells the name and the version of an RPC. Allocates nothing.
	 * @param id the RPC
	 * @return whether it does; false if the query tells a rank
	 */
	public boolean matches(RpcId id) {
		return this.rank == BY_NAME && this.version == id.version()
				&& id.hasTag(this.buffer, this.tagStart, this.tagLength);
	}

	/**
	 * What travels with the query.
	 * @return the metadata, or {@code null} if there is none
	 */
	public @Nullable QueryMetadata metadata() {
		return this.metadata;
	}

	int tagHash() {
		return TagWords.hash(this.buffer, this.tagStart, this.tagLength, this.version);
	}

	@Override
	public String toString() {
		return "query " + this.queryId + " of "
				+ ((this.rank == BY_NAME) ? name() + " v" + this.version : "the RPC of rank " + this.rank);
	}

}
