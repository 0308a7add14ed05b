package io.persistentconn.binprot;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BinReaderTests {

	private static BinReader reader(String hex) {
		ByteBuf buffer = Unpooled.wrappedBuffer(Octets.of("eeee" + hex + "eeee"));
		return new BinReader().reset(buffer, 2, buffer.writerIndex() - 2);
	}

	@ParameterizedTest
	@CsvSource({ "05, 5", "fe0500, 5", "fd05000000, 5", "fc0500000000000000, 5", "fffb, -5", "fefbff, -5",
			"fdfbffffff, -5", "fcfbffffffffffffff, -5", "fe8000, 128", "fdff7f0000, 32767" })
	void readsIntegersInAnyFormThatHoldsThem(String hex, long expected) {
		assertThat(reader(hex).readLong()).isEqualTo(expected);
		assertThat(reader(hex).readOcamlInt()).isEqualTo(expected);
		assertThat(reader(hex).readInt()).isEqualTo((int) expected);
		assertThat(BinCodecs.of(Short.class).read(reader(hex))).isEqualTo((short) expected);
	}

	@ParameterizedTest
	@CsvSource({ "05, 5", "fe0500, 5", "fd05000000, 5", "fc0500000000000000, 5", "fdffffff7f, 2147483647" })
	void readsNat0InAnyFormThatHoldsIt(String hex, int expected) {
		assertThat(reader(hex).readNat0()).isEqualTo(expected);
	}

	@Test
	void refusesIntegersThatDoNotFit() {
		refused("fdffffffff", BinReader::readNat0, "nat0: 4294967295 (expected: <= 2147483647)");
		refused("fc0000000000000040", BinReader::readLongNat0, "nat0: 4611686018427387904 (expected: < 2^62)");
		refused("fcffffffffffffffff", BinReader::readLongNat0, "nat0: 18446744073709551615 (expected: < 2^62)");
		refused("fc0000000000000040", BinReader::readOcamlInt, "int: 4611686018427387904 (expected: 63 bits)");
		refused("fc0000008000000000", BinReader::readInt, "int: 2147483648 (expected: 32 bits)");
		refused("fe0080", BinCodecs.of(Byte.class)::read, "int: -32768 (expected: -128 to 127)");
	}

	private static void refused(String hex, ToLongFunction<BinReader> read, String reason) {
		BinReader in = reader("00" + hex);
		in.skip(1);
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> read.applyAsLong(in))
			.withMessage(reason + " (at offset 1)")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.offset()).isOne());
	}

	@Test
	void believesLengthsAndCountsOnlyAsFarAsTheBytes() {
		assertThat(reader("02aabb").readLength()).isEqualTo(2);
		assertThat(reader("02aabb").readCount()).isEqualTo(2);
		refused("03aabb", BinReader::readLength, "length: 3 (expected: <= 2, as 2 bytes remain)");
		refused("03aabb", BinReader::readCount, "length: 3 (expected: <= 2, as 2 bytes remain)");
		refused("02aabbcc", (in) -> in.readCount(2), "length: 2 (expected: <= 1, as 3 bytes remain)");
		refused("fcffffffffffffff3faa", BinReader::readLength,
				"length: 4611686018427387903 (expected: <= 1, as 1 bytes remain)");
	}

	@Test
	void doesNotReadBeyondItsRange() {
		assertRefused("", BinReader::readByte);
		assertRefused("00", BinReader::readShortLE);
		assertRefused("000000", BinReader::readIntLE);
		assertRefused("00000000000000", BinReader::readLongLE);
		assertRefused("00000000000000", BinReader::readDouble);
		assertRefused("0000", (in) -> in.skip(3));
		assertRefused("0000", (in) -> in.skip(-1));
		assertRefused("0000", (in) -> in.readBytes(3));
		assertRefused("0000", (in) -> in.readBytes(Integer.MAX_VALUE));
		assertRefused("0000", (in) -> in.limit(3));
		assertRefused("0000", (in) -> in.limit(-1));
	}

	private static void assertRefused(String hex, Consumer<BinReader> read) {
		BinReader in = reader(hex);
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> read.accept(in))
			.withMessageContaining("bytes remain");
		assertThat(in.remaining()).isEqualTo(hex.length() / 2);
	}

	@Test
	void readsAnIntWhereverItStands() {
		ByteBuf buffer = Unpooled.buffer();
		for (int i = 0; i < 40; i++) {
			buffer.writeByte(i * 37);
		}
		for (int end = 4; end <= 40; end++) {
			for (int bytesBefore = 0; bytesBefore <= end - 4; bytesBefore++) {
				BinReader reader = new BinReader().reset(buffer, 0, end);
				for (int i = 0; i < bytesBefore; i++) {
					assertThat(reader.readByte()).isEqualTo(buffer.getByte(i));
				}
				assertThat(reader.readIntLE()).isEqualTo(buffer.getIntLE(bytesBefore));
				for (int i = bytesBefore + 4; i < end; i++) {
					assertThat(reader.readByte()).isEqualTo(buffer.getByte(i));
				}
			}
		}
	}

	@Test
	void readsAPayloadWithinItsOwnRange() {
		BinReader in = reader("0201aabbcc");
		int outer = in.limit(in.readNat0());
		assertThat(in.remaining()).isEqualTo(2);
		in.skip(1);
		assertThatExceptionOfType(BinProtException.class).isThrownBy(in::expectEnd)
			.withMessage("1 bytes are left over (at offset 2)");
		in.skip(1);
		in.expectEnd();
		assertThatExceptionOfType(BinProtException.class).isThrownBy(in::readByte);
		in.restore(outer);
		assertThat(in.readUnsignedByte()).isEqualTo(0xbb);
		assertThat(in.remaining()).isOne();
	}

	@Test
	void boundsRecursion() {
		BinReader in = reader("00");
		for (int i = 0; i < BinReader.MAX_DEPTH; i++) {
			in.enter();
		}
		assertThatExceptionOfType(BinProtException.class).isThrownBy(in::enter)
			.withMessage("nested more than 256 deep (at offset 0)");
		in.reset(in.buffer(), 0, 1).enter();
		in.leave();
	}

	@Test
	void readsTextOnlyIfItIsUtf8() {
		assertThat(reader("06 68c3a96c6c6f").readString()).isEqualTo("h\u00e9llo");
		assertThat(reader("03 efbfbd").readString()).isEqualTo("\ufffd");
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> reader("02 61ff").readString())
			.withMessage("string that is not UTF-8 (octets can be read as BinCodecs.BYTES) (at offset 0)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "c080", "c3", "eda080", "f4908080", "61e282" })
	void refusesEachKindOfBrokenUtf8(String octets) {
		String hex = "0" + octets.length() / 2 + octets;
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> reader(hex).readString())
			.withMessageStartingWith("string that is not UTF-8");
	}

	@Test
	void leavesTheBufferAsItIs() {
		ByteBuf buffer = Unpooled.wrappedBuffer(Octets.of("0161"));
		BinReader in = new BinReader().reset(buffer, 0, 2);
		assertThat(in.position()).isZero();
		assertThat(in.readString()).isEqualTo("a");
		assertThat(in.position()).isEqualTo(2);
		assertThat(buffer.readerIndex()).isZero();
		assertThat(buffer.refCnt()).isOne();
	}

	@Test
	void refusesARangeThatIsNotWritten() {
		ByteBuf buffer = Unpooled.buffer(8).writeShort(0);
		BinReader in = new BinReader();
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> in.reset(buffer, 0, 3))
			.withMessage("range: 0 to 3 (expected: within 0 to 2)");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> in.reset(buffer, -1, 1));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> in.reset(buffer, 2, 1));
	}

}
