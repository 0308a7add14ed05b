package io.persistentconn.binprot;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * Codecs of arrays of numbers, without boxing.
 */
final class NumberArrayCodecs {

	private NumberArrayCodecs() {
	}

	static final class LongsCodec extends ShapedCodec<long[]> {

		LongsCodec() {
			super(BinShape.base("array", BinShape.base("int")));
		}

		@Override
		public int size(long[] value) {
			int size = BinWriter.sizeOfNat0(value.length);
			for (long element : value) {
				size = Math.addExact(size, BinWriter.sizeOfOcamlInt(element));
			}
			return size;
		}

		@Override
		public void write(long[] value, ByteBuf out) {
			BinWriter.writeNat0(value.length, out);
			for (long element : value) {
				BinWriter.writeOcamlInt(element, out);
			}
		}

		@Override
		public long[] read(BinReader in) {
			int count = in.readCount();
			long[] value = new long[Math.min(count, ContainerCodecs.FIRST_CAPACITY)];
			for (int i = 0; i < count; i++) {
				if (i == value.length) {
					value = Arrays.copyOf(value, ContainerCodecs.grow(i, count));
				}
				value[i] = in.readOcamlInt();
			}
			return value;
		}

	}

	static final class IntsCodec extends ShapedCodec<int[]> {

		IntsCodec() {
			super(BinShape.base("array", BinShape.base("int")));
		}

		@Override
		public int size(int[] value) {
			int size = BinWriter.sizeOfNat0(value.length);
			for (int element : value) {
				size = Math.addExact(size, BinWriter.sizeOfInt(element));
			}
			return size;
		}

		@Override
		public void write(int[] value, ByteBuf out) {
			BinWriter.writeNat0(value.length, out);
			for (int element : value) {
				BinWriter.writeInt(element, out);
			}
		}

		@Override
		public int[] read(BinReader in) {
			int count = in.readCount();
			int[] value = new int[Math.min(count, ContainerCodecs.FIRST_CAPACITY)];
			for (int i = 0; i < count; i++) {
				if (i == value.length) {
					value = Arrays.copyOf(value, ContainerCodecs.grow(i, count));
				}
				value[i] = in.readInt();
			}
			return value;
		}

	}

	/** A {@code float array} or {@code float64_vec}. */
	static final class DoublesCodec extends ShapedCodec<double[]> {

		DoublesCodec(BinShape shape) {
			super(shape);
		}

		@Override
		public int size(double[] value) {
			return Math.addExact(BinWriter.sizeOfNat0(value.length), Math.multiplyExact(value.length, Double.BYTES));
		}

		@Override
		public void write(double[] value, ByteBuf out) {
			BinWriter.writeNat0(value.length, out);
			for (double element : value) {
				BinWriter.writeDouble(element, out);
			}
		}

		@Override
		public double[] read(BinReader in) {
			double[] value = new double[in.readCount(Double.BYTES)];
			for (int i = 0; i < value.length; i++) {
				value[i] = in.readDouble();
			}
			return value;
		}

	}

	/** A {@code float32_vec}. */
	static final class FloatsCodec extends ShapedCodec<float[]> {

		FloatsCodec() {
			super(BinShape.base("float32_vec"));
		}

		@Override
		public int size(float[] value) {
			return Math.addExact(BinWriter.sizeOfNat0(value.length), Math.multiplyExact(value.length, Float.BYTES));
		}

		@Override
		public void write(float[] value, ByteBuf out) {
			BinWriter.writeNat0(value.length, out);
			for (float element : value) {
				out.writeIntLE(Float.floatToRawIntBits(element));
			}
		}

		@Override
		public float[] read(BinReader in) {
			float[] value = new float[in.readCount(Float.BYTES)];
			for (int i = 0; i < value.length; i++) {
				value[i] = Float.intBitsToFloat(in.readIntLE());
			}
			return value;
		}

	}

}
