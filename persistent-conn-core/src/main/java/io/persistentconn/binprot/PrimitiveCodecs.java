package io.persistentconn.binprot;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;

/**
 * Codecs of single values. Each is a class of its own, so that a call is bound to it
 * once.
 */
final class PrimitiveCodecs {

	static final int MAX_OCTET = 0xff;

	private PrimitiveCodecs() {
	}

	static final class UnitCodec extends ShapedCodec<Unit> {

		UnitCodec() {
			super(BinShape.base("unit"));
		}

		@Override
		public int size(Unit value) {
			return 1;
		}

		@Override
		public void write(Unit value, ByteBuf out) {
			out.writeByte(0);
		}

		@Override
		public Unit read(BinReader in) {
			in.readUnit();
			return Unit.UNIT;
		}

	}

	static final class BoolCodec extends ShapedCodec<Boolean> {

		BoolCodec() {
			super(BinShape.base("bool"));
		}

		@Override
		public int size(Boolean value) {
			return 1;
		}

		@Override
		public void write(Boolean value, ByteBuf out) {
			BinWriter.writeBoolean(value, out);
		}

		@Override
		public Boolean read(BinReader in) {
			return in.readBoolean();
		}

	}

	/** An octet as the character with that number. */
	static final class CharCodec extends ShapedCodec<Character> {

		CharCodec() {
			super(BinShape.base("char"));
		}

		@Override
		public int size(Character value) {
			if (value > MAX_OCTET) {
				throw new BinProtException("char: " + (int) value + " (expected: 0 to 255)");
			}
			return 1;
		}

		@Override
		public void write(Character value, ByteBuf out) {
			size(value);
			out.writeByte(value);
		}

		@Override
		public Character read(BinReader in) {
			return (char) in.readUnsignedByte();
		}

	}

	/** An {@code int}, or a type that differs from it by name alone. */
	static final class OcamlIntCodec extends ShapedCodec<Long> {

		OcamlIntCodec(String type) {
			super(BinShape.base(type));
		}

		@Override
		public int size(Long value) {
			return BinWriter.sizeOfOcamlInt(value);
		}

		@Override
		public void write(Long value, ByteBuf out) {
			BinWriter.writeOcamlInt(value, out);
		}

		@Override
		public Long read(BinReader in) {
			return in.readOcamlInt();
		}

	}

	/** An {@code int64} or {@code nativeint}. */
	static final class LongCodec extends ShapedCodec<Long> {

		LongCodec(String type) {
			super(BinShape.base(type));
		}

		@Override
		public int size(Long value) {
			return BinWriter.sizeOfInt(value);
		}

		@Override
		public void write(Long value, ByteBuf out) {
			BinWriter.writeInt(value, out);
		}

		@Override
		public Long read(BinReader in) {
			return in.readLong();
		}

	}

	static final class Int32Codec extends ShapedCodec<Integer> {

		Int32Codec() {
			super(BinShape.base("int32"));
		}

		@Override
		public int size(Integer value) {
			return BinWriter.sizeOfInt(value);
		}

		@Override
		public void write(Integer value, ByteBuf out) {
			BinWriter.writeInt(value, out);
		}

		@Override
		public Integer read(BinReader in) {
			if (in.remaining() > 0 && (in.buffer().getByte(in.position()) & MAX_OCTET) == BinWriter.CODE_64) {
				throw in.error("int32: first byte fc");
			}
			return in.readInt();
		}

	}

	static final class Nat0Codec extends ShapedCodec<Long> {

		Nat0Codec() {
			super(BinShape.base("nat0"));
		}

		@Override
		public int size(Long value) {
			if (value < 0 || value > BinReader.MAX_OCAML_INT) {
				throw new BinProtException("nat0: " + value + " (expected: 0 to 2^62 - 1)");
			}
			return BinWriter.sizeOfNat0(value);
		}

		@Override
		public void write(Long value, ByteBuf out) {
			size(value);
			BinWriter.writeNat0(value, out);
		}

		@Override
		public Long read(BinReader in) {
			return in.readLongNat0();
		}

	}

	static final class FloatCodec extends ShapedCodec<Double> {

		FloatCodec() {
			super(BinShape.base("float"));
		}

		@Override
		public int size(Double value) {
			return Double.BYTES;
		}

		@Override
		public void write(Double value, ByteBuf out) {
			BinWriter.writeDouble(value, out);
		}

		@Override
		public Double read(BinReader in) {
			return in.readDouble();
		}

	}

	static final class StringCodec extends ShapedCodec<String> {

		StringCodec() {
			super(BinShape.base("string"));
		}

		@Override
		public int size(String value) {
			return BinWriter.sizeOfString(value);
		}

		@Override
		public void write(String value, ByteBuf out) {
			BinWriter.writeString(value, out);
		}

		@Override
		public String read(BinReader in) {
			return in.readString();
		}

	}

	/**
	 * Text for people to read, in which octets that are not UTF-8 become replacement
	 * characters, so that an error is not lost for the sake of its text.
	 */
	static final class LenientStringCodec extends ShapedCodec<String> {

		LenientStringCodec() {
			super(BinShape.base("string"));
		}

		@Override
		public int size(String value) {
			return BinWriter.sizeOfString(value);
		}

		@Override
		public void write(String value, ByteBuf out) {
			BinWriter.writeString(value, out);
		}

		@Override
		public String read(BinReader in) {
			int length = in.readLength();
			String text = in.buffer().toString(in.position(), length, StandardCharsets.UTF_8);
			in.skip(length);
			return text;
		}

	}

	static final class Md5Codec extends ShapedCodec<Md5> {

		Md5Codec() {
			super(BinShape.named("f6bdcdd0-9f75-11e6-9a7e-d3020428efed", "Md5.t"));
		}

		@Override
		public int size(Md5 value) {
			return Md5.BYTES;
		}

		@Override
		public void write(Md5 value, ByteBuf out) {
			out.writeLong(value.high()).writeLong(value.low());
		}

		@Override
		public Md5 read(BinReader in) {
			return new Md5(Long.reverseBytes(in.readLongLE()), Long.reverseBytes(in.readLongLE()));
		}

	}

}
