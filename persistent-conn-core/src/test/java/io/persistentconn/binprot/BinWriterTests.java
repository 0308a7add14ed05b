package io.persistentconn.binprot;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BinWriterTests {

	@ParameterizedTest
	@CsvSource({ "0, 00", "127, 7f", "128, fe8000", "32767, feff7f", "32768, fd00800000", "2147483647, fdffffff7f",
			"2147483648, fc0000008000000000", "-1, ffff", "-128, ff80", "-129, fe7fff", "-32768, fe0080",
			"-32769, fdff7fffff", "-2147483648, fd00000080", "-2147483649, fcffffff7fffffffff",
			"4611686018427387903, fcffffffffffffff3f", "-4611686018427387904, fc00000000000000c0" })
	void writesIntegersInTheirShortestForm(long value, String hex) {
		assertThat(Octets.write(BinCodecs.INT, value)).isEqualTo(hex);
		assertThat(Octets.write(BinCodecs.INT64, value)).isEqualTo(hex);
	}

	@ParameterizedTest
	@CsvSource({ "0, 00", "127, 7f", "128, fe8000", "65535, feffff", "65536, fd00000100", "4294967295, fdffffffff",
			"4294967296, fc0000000001000000" })
	void writesNat0InItsShortestForm(long value, String hex) {
		assertThat(Octets.write(BinCodecs.NAT0, value)).isEqualTo(hex);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1L << 62, -(1L << 62) - 1, Long.MAX_VALUE, Long.MIN_VALUE })
	void refusesAnIntOfMoreThan63Bits(long value) {
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> BinCodecs.INT.size(value))
			.withMessage("int: " + value + " (expected: 63 bits; int64 has 64)")
			.satisfies((ex) -> assertThat(ex.offset()).isEqualTo(BinProtException.NO_OFFSET));
		ByteBuf out = Unpooled.buffer();
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> BinCodecs.INT.write(value, out));
		assertThat(out.readableBytes()).isZero();
		assertThat(Octets.read(BinCodecs.INT64, Octets.write(BinCodecs.INT64, value))).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 41, 42, 43, 126, 127, 128, 65535, 65536 })
	void writesTextOfAnyLengthAndScript(int length) {
		for (String character : new String[] { "a", "\u00e9", "\u20ac", "\ud83d\ude00" }) {
			String text = character.repeat(length);
			assertThat(Octets.read(BinCodecs.STRING, Octets.write(BinCodecs.STRING, text))).isEqualTo(text);
		}
	}

	@Test
	void writesHalfASurrogatePairAsAQuestionMark() {
		assertThat(Octets.write(BinCodecs.STRING, "\ud800x")).isEqualTo("023f78");
		assertThat(Octets.write(BinCodecs.STRING, "\ud800x".repeat(40))).isEqualTo("50" + "3f78".repeat(40));
	}

	@ParameterizedTest
	@CsvSource({ "Version, f11d8694", "Query, d1f52fe2", "Abort, 21774e5c", "Ok, 798a0000", "Eof, 39796900" })
	void hashesConstructorsOfPolymorphicVariants(String constructor, String hex) {
		ByteBuf out = Unpooled.buffer().writeIntLE(BinWriter.polymorphicTag(constructor));
		assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex);
	}

	@Test
	void refusesWhatDoesNotFitTheType() {
		refused(BinCodecs.NAT0, -1L, "nat0: -1 (expected: 0 to 2^62 - 1)");
		refused(BinCodecs.CHAR, '\u20ac', "char: 8364 (expected: 0 to 255)");
		refused(BinCodecs.INT_8BIT, 256, "int_8bit: 256 (expected: 0 to 255)");
		refused(BinCodecs.INT_16BIT, -1, "int_16bit: -1 (expected: 0 to 65535)");
		refused(BinCodecs.INT_32BIT, 1L << 32, "int_32bit: 4294967296 (expected: 0 to 4294967295)");
		refused(BinCodecs.VARIANT_INT, 1 << 30, "variant_int: 1073741824 (expected: 31 bits)");
	}

	private static <T> void refused(BinCodec<T> codec, T value, String message) {
		ByteBuf out = Unpooled.buffer();
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> codec.size(value)).withMessage(message);
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> codec.write(value, out))
			.withMessage(message);
	}

}
