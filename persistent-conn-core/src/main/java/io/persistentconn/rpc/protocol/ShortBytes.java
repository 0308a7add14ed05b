package io.persistentconn.rpc.protocol;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Few bytes that are appended many times, eight by eight, which is cheaper than one by
 * one. Immutable.
 */
public final class ShortBytes {

	private final long[] words;

	private final int length;

	private ShortBytes(long[] words, int length) {
		this.words = words;
		this.length = length;
	}

	static ShortBytes encode(Consumer<ByteBuf> encoder) {
		ByteBuf bytes = Unpooled.buffer();
		encoder.accept(bytes);
		int length = bytes.readableBytes();
		bytes.writeZero(Long.BYTES);
		long[] words = new long[(length + Long.BYTES - 1) / Long.BYTES];
		for (int i = 0; i < words.length; i++) {
			words[i] = bytes.getLongLE(i * Long.BYTES);
		}
		bytes.release();
		return new ShortBytes(words, length);
	}

	/**
	 * Appends the bytes.
	 * @param out gets them
	 */
	public void write(ByteBuf out) {
		int end = out.writerIndex() + this.length;
		for (long word : this.words) {
			out.writeLongLE(word);
		}
		out.writerIndex(end);
	}

}
