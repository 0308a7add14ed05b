package io.persistentconn.rpc.protocol;

import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinShape;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.golden.RawCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("R3")
class StreamDataTests {

	@Test
	void queries() {
		assertThat(Wire.written((out) -> StreamData.writeQuery(out, BinCodecs.STRING, "hi")))
			.isEqualTo(Wire.hex("08 d1f52fe2 03 02 6869"));
		assertThat(Wire.written(StreamData::writeAbort)).isEqualTo(Wire.hex("04 21774e5c"));
		BinReader data = Wire.reader("d1f52fe2 03 02 6869");
		assertThat(StreamData.readQuery(data)).isTrue();
		assertThat(BinCodecs.STRING.read(data)).isEqualTo("hi");
		assertThat(StreamData.readQuery(Wire.reader("21774e5c"))).isFalse();
	}

	@Test
	void firstResponses() {
		assertThat(Wire.written((out) -> StreamData.writeInitial(out, BinCodecs.UNIT, Unit.UNIT)))
			.isEqualTo("03000000");
		assertThat(Wire.written((out) -> StreamData.writeInitial(out, BinCodecs.INT, 1000L)))
			.isEqualTo(Wire.hex("05 00 00 fee803"));
		assertThat(Wire.written((out) -> StreamData.writeInitialError(out, BinCodecs.STRING, "no")))
			.isEqualTo(Wire.hex("05 00 01 02 6e6f"));
		BinReader state = Wire.reader("00 00 fee803");
		assertThat(StreamData.readInitial(state)).isTrue();
		assertThat(BinCodecs.INT.read(state)).isEqualTo(1000);
		BinReader error = Wire.reader("fe0010 01 02 6e6f");
		assertThat(StreamData.readInitial(error)).isFalse();
		assertThat(BinCodecs.STRING.read(error)).isEqualTo("no");
	}

	@Test
	void laterResponses() {
		assertThat(Wire.written((out) -> StreamData.writeUpdate(out, BinCodecs.INT, 1L)))
			.isEqualTo(Wire.hex("06 798a0000 01 01"));
		assertThat(Wire.written(StreamData::writeEof)).isEqualTo(Wire.hex("04 39796900"));
		BinReader update = Wire.reader("798a0000 01 01");
		assertThat(StreamData.readUpdate(update)).isTrue();
		assertThat(BinCodecs.INT.read(update)).isEqualTo(1);
		assertThat(StreamData.readUpdate(Wire.reader("39796900"))).isFalse();
	}

	@Test
	void lengthsAreInTheirShortestForm() {
		for (int size : new int[] { 0, 121, 122, 123, 124, 125, 126, 127, 128, 65_527, 65_528, 65_529, 65_530, 65_531,
				65_535, 65_536 }) {
			byte[] payload = new byte[size];
			byte[] data = Wire.bytes((out) -> StreamData.writeUpdate(out, RawCodec.RAW, payload));
			BinReader reader = Wire.reader(data);
			int length = reader.readNat0();
			assertThat(length).isEqualTo(reader.remaining());
			assertThat(data.length - length).isEqualTo((length < 128) ? 1 : (length < 65_536) ? 3 : 5);
			assertThat(StreamData.readUpdate(reader)).isTrue();
			assertThat(reader.remaining()).isEqualTo(size);
		}
	}

	@Test
	void whatIsNoStreamDataIsAnError() {
		assertBad(StreamData::readQuery, "798a0000 01 01", "stream query: tag 798a0000");
		assertBad(StreamData::readQuery, "d1f52fe2 02 01", "length: 2");
		assertBad(StreamData::readQuery, "d1f52fe2 02 010203", "length: 2 (expected: 3)");
		assertBad(StreamData::readQuery, "d1f52fe2 04 010203", "length: 4");
		assertBad(StreamData::readQuery, "d1f52fe2 83 010203", "nat0: first byte 83");
		assertBad(StreamData::readQuery, "d1f52fe3 03 010203", "stream query: tag d1f52fe3");
		assertBad(StreamData::readQuery, "d1f52fe2 80" + "00".repeat(0x80), "nat0: first byte 80");
		assertBad(StreamData::readQuery, "d1f52fe2 00 01", "length: 0 (expected: 1)");
		assertBad(StreamData::readQuery, "d1f52f", "3 bytes remain (expected: 4)");
		assertBad(StreamData::readQuery, "21774e5c 00", "1 bytes are left over");
		assertBad(StreamData::readUpdate, "39796900 00", "1 bytes are left over");
		assertBad(StreamData::readUpdate, "21774e5c", "stream response: tag 21774e5c");
		assertBad(StreamData::readInitial, "00 02", "result: first byte 2");
		assertBad(StreamData::readInitial, "00", "0 bytes remain (expected: 1)");
	}

	private static void assertBad(Predicate<BinReader> reading, String bytes, String reason) {
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> reading.test(Wire.reader(bytes)))
			.withMessageStartingWith(reason);
	}

	@Test
	void aCodecThatWritesOtherThanItsSizeIsCaught() {
		BinCodec<String> liar = new BinCodec<>() {

			@Override
			public int size(String value) {
				return 1;
			}

			@Override
			public void write(String value, ByteBuf out) {
				out.writeShort(0);
			}

			@Override
			public String read(BinReader in) {
				return "";
			}

			@Override
			public BinShape shape() {
				return BinCodecs.STRING.shape();
			}

			@Override
			public String toString() {
				return "liar";
			}

		};
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> MessageWriter.payload(Unpooled.buffer(), liar, ""))
			.withMessage("codec liar wrote 2 bytes (expected: 1, as its size() said)");
	}

}
