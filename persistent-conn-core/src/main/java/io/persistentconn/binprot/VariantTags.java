package io.persistentconn.binprot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;

/**
 * How the constructors of a variant are told apart on the wire. <pre>
 *  ordinary, up to 256 constructors   index (u8)
 *  ordinary, more                     index (u16)
 *  polymorphic                        hash of the name &lt;&lt; 1 | 1 (i32)
 * </pre>
 */
final class VariantTags {

	private static final int MAX_OF_ONE_BYTE = 256;

	private static final int MAX_OF_TWO_BYTES = 65536;

	private final String type;

	private final int count;

	private final int width;

	/** For a polymorphic variant: of each constructor. */
	private final int[] tags;

	private final int[] sortedTags;

	private final int[] indexesOfSortedTags;

	private VariantTags(String type, int count, int width, int... tags) {
		this.type = type;
		this.count = count;
		this.width = width;
		this.tags = tags;
		this.indexesOfSortedTags = IntStream.range(0, tags.length)
			.boxed()
			.sorted((one, other) -> Integer.compare(tags[one], tags[other]))
			.mapToInt(Integer::intValue)
			.toArray();
		this.sortedTags = Arrays.stream(this.indexesOfSortedTags).map((index) -> tags[index]).toArray();
	}

	static VariantTags ordinary(String type, int count) {
		if (count > MAX_OF_TWO_BYTES) {
			throw new IllegalArgumentException(type + " has " + count + " constructors (expected: <= 65536)");
		}
		return new VariantTags(type, count, (count > MAX_OF_ONE_BYTE) ? Short.BYTES : Byte.BYTES);
	}

	static VariantTags polymorphic(String type, List<String> constructors) {
		int[] tags = constructors.stream().mapToInt(BinWriter::polymorphicTag).toArray();
		if (Arrays.stream(tags).distinct().count() < tags.length) {
			throw new IllegalArgumentException(type + " has constructors with equal hashes: " + constructors);
		}
		return new VariantTags(type, tags.length, Integer.BYTES, tags);
	}

	int size() {
		return this.width;
	}

	void write(int index, ByteBuf out) {
		switch (this.width) {
			case Byte.BYTES -> out.writeByte(index);
			case Short.BYTES -> out.writeShortLE(index);
			default -> out.writeIntLE(this.tags[index]);
		}
	}

	/** Reads which constructor it is. */
	int read(BinReader in) {
		int position = in.position();
		int index = switch (this.width) {
			case Byte.BYTES -> in.readUnsignedByte();
			case Short.BYTES -> in.readShortLE() & 0xffff;
			default -> index(in.readVariantTag());
		};
		if (index >= this.count || index < 0) {
			throw in.errorAt(position, this.type + ": unknown constructor"
					+ ((index >= 0) ? " " + index + " (expected: < " + this.count + ")" : ""));
		}
		return index;
	}

	private int index(int tag) {
		int sorted = Arrays.binarySearch(this.sortedTags, tag);
		return (sorted >= 0) ? this.indexesOfSortedTags[sorted] : -1;
	}

}
