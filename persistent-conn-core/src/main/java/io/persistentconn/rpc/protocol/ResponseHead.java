package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.BinReader;

/**
 * What responses to one query begin with, up to the length of their data. The messages of
 * a stream all begin alike, so that one look tells what else takes a read and a check for
 * each byte. Longer ones than seven bytes are read byte by byte. Source: wire, section 4.
 */
final class ResponseHead {

	private static final int LONGEST = Long.BYTES - 1;

	private static final long NO_HEAD = -1;

	private long head = NO_HEAD;

	/** Covers the bytes of the head. */
	private long mask;

	private int length;

	private long queryId;

	/** Passes over the head if the message that begins here has the same. */
	boolean readSame(BinReader in) {
		if (in.remaining() < Long.BYTES || (in.peekLongLE() & this.mask) != this.head) {
			return false;
		}
		in.skip(this.length);
		return true;
	}

	/** The query that is responded to. */
	long queryId() {
		return this.queryId;
	}

	/**
	 * Keeps a head that was read, once there were two in a row for the same query.
	 * @param in stands behind the head
	 * @param start the index of its first byte
	 */
	void keep(BinReader in, int start, long queryId) {
		if (queryId != this.queryId) {
			this.queryId = queryId;
			this.head = NO_HEAD;
			this.mask = 0;
			return;
		}
		int size = in.position() - start;
		if (size <= LONGEST && in.remaining() >= Long.BYTES - size) {
			this.length = size;
			this.mask = (1L << (size * Byte.SIZE)) - 1;
			this.head = in.buffer().getLongLE(start) & this.mask;
		}
	}

}
