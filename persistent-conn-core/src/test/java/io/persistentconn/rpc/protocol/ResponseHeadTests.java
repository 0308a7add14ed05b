package io.persistentconn.rpc.protocol;

import io.persistentconn.binprot.BinReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R4")
class ResponseHeadTests {

	private final ResponseHead head = new ResponseHead();

	@Test
	void theSecondResponseToAQueryIsKept() {
		keep(7, 5, "08 07 01 03 00", "0141 42");
		assertThat(this.head.readSame(Wire.reader("08 07 01 03 00 0142 43 44"))).isFalse();
		keep(7, 5, "08 07 01 03 00", "0141 42");
		BinReader same = Wire.reader("08 07 01 03 00 0142 43 44");
		assertThat(this.head.readSame(same)).isTrue();
		assertThat(this.head.queryId()).isEqualTo(7);
		assertThat(same.position()).isEqualTo(5);
		assertThat(same.readUnsignedByte()).isEqualTo(1);
	}

	@Test
	void anyOtherByteMakesItAnother() {
		keepTwice(7, 5, "08 07 01 03 00", "0141 42");
		for (String other : new String[] { "02 07 01 03 00 014142", "08 08 01 03 00 014142", "08 07 00 03 00 014142",
				"08 07 01 04 00 014142", "08 07 01 03 01 014142" }) {
			BinReader in = Wire.reader(other);
			assertThat(this.head.readSame(in)).isFalse();
			assertThat(in.position()).isZero();
		}
		assertThat(this.head.readSame(Wire.reader("08 07 01 03 00 0141"))).isFalse();
	}

	@Test
	void aResponseToAnotherQueryMakesItForget() {
		keepTwice(7, 5, "08 07 01 03 00", "0141 42");
		keep(8, 5, "08 08 01 03 00", "0141 42");
		assertThat(this.head.readSame(Wire.reader("08 07 01 03 00 014142"))).isFalse();
		assertThat(this.head.readSame(Wire.reader("08 08 01 03 00 014142"))).isFalse();
	}

	@Test
	void upToSevenBytesAreKept() {
		keepTwice(300, 7, "08 fe2c01 01 03 00", "00");
		assertThat(this.head.readSame(Wire.reader("08 fe2c01 01 03 00 00"))).isTrue();
		keepTwice(70_000, 8, "08 fd70110100 00 00", "00");
		assertThat(this.head.readSame(Wire.reader("08 fd70110100 00 00 00"))).isFalse();
	}

	private void keepTwice(long queryId, int length, String bytes, String data) {
		keep(queryId, length, bytes, data);
		keep(queryId, length, bytes, data);
	}

	private void keep(long queryId, int length, String bytes, String data) {
		BinReader in = Wire.reader(bytes + data);
		in.skip(length);
		this.head.keep(in, 0, queryId);
	}

}
