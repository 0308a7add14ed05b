package io.persistentconn.rpc.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The octets of the name of an RPC as words of eight, so that names are hashed and
 * compared where they stand, with few reads. The last word reaches back where the length
 * is no multiple of eight; a name of less than eight octets is one word, in which octets
 * may be there twice. Names of one length are equal if their words are.
 */
final class TagWords {

	private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;

	private TagWords() {
	}

	static int count(int length) {
		return (length <= Long.BYTES) ? 1 : (length + Long.BYTES - 1) / Long.BYTES;
	}

	static long word(ByteBuf buffer, int start, int length, int word) {
		if (length >= Long.BYTES) {
			return buffer.getLongLE(start + Math.min(word * Long.BYTES, length - Long.BYTES));
		}
		if (length >= Integer.BYTES) {
			return ((long) buffer.getIntLE(start) << Integer.SIZE)
					| (buffer.getIntLE(start + length - Integer.BYTES) & 0xffff_ffffL);
		}
		if (length >= Short.BYTES) {
			return ((long) buffer.getShortLE(start) << Short.SIZE)
					| (buffer.getShortLE(start + length - Short.BYTES) & 0xffff);
		}
		return (length == 1) ? buffer.getByte(start) : 0;
	}

	static int hash(ByteBuf buffer, int start, int length, long version) {
		long hash = version ^ ((long) length << Integer.SIZE);
		int count = count(length);
		for (int word = 0; word < count; word++) {
			long product = (hash ^ word(buffer, start, length, word)) * GOLDEN_RATIO;
			hash = product ^ (product >>> Integer.SIZE);
		}
		return (int) hash;
	}

}
