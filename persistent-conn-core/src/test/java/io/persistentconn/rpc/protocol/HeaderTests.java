package io.persistentconn.rpc.protocol;

import java.util.ArrayList;
import java.util.List;

import io.persistentconn.rpc.protocol.HandshakeException.Step;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("R1")
class HeaderTests {

	private static final Header OURS = Header.of(ProtocolVersion.LOWEST, ProtocolVersion.HIGHEST);

	@Test
	void ours() {
		assertThat(Wire.written(OURS::write)).isEqualTo(Wire.hex("0c fd52504300 01 02 03 04 05 06 07 08 09 0a 0b"));
		assertThat(Wire.written(Header.of(3, 3)::write)).isEqualTo(Wire.hex("02 fd52504300 03"));
	}

	@ParameterizedTest
	@CsvSource({ "02 fd52504300 01, 1", "04 fd52504300 01 02 03, 3", "08 fd52504300 01 02 03 04 05 06 07, 7",
			"03 fd52504300 05 63, 5", "04 03 02 01 fd52504300, 3",
			"15 fd52504300 0102030405060708090a0b0c0d0e0f1011121314, 11",
			// numbers above a million, longer forms than necessary, zero and negative
			// ones
			"03 fd52504300 fd41420f00 04, 4", "03 fd52504300 fc00000001000000ff 04, 4",
			"03 fe0000 fd52504300 fc0600000000000000, 6", "04 fd52504300 00 ffff 02, 2" })
	void theHighestCommonVersionIsSpoken(String peer, int version) {
		Header header = Header.read(Wire.reader(peer));
		assertThat(header.isLegacy()).isFalse();
		assertThat(OURS.highestCommon(header)).isEqualTo(version);
	}

	@Test
	void aBoundedSideSpeaksNoMore() {
		Header peer = Header.read(Wire.reader("08 fd52504300 01 02 03 04 05 06 07"));
		assertThat(Header.of(2, 5).highestCommon(peer)).isEqualTo(5);
		assertFails(Step.NEGOTIATION,
				"no common version: the peer speaks [1, 2, 3, 4, 5, 6, 7] (expected: one of [8, 9])",
				() -> Header.of(8, 9).highestCommon(peer));
	}

	@Test
	void aHeaderWithoutMagicNumberIsThatOfALegacyPeer() {
		Header header = Header.read(Wire.reader("01 01"));
		assertThat(header.isLegacy()).isTrue();
		assertThat(header.versions()).containsExactly(1L);
		assertThat(OURS.highestCommon(header)).isEqualTo(1);
	}

	@Test
	void noCommonVersion() {
		assertFails(Step.NEGOTIATION, "no common version: the peer speaks [99]",
				() -> OURS.highestCommon(Header.read(Wire.reader("02 fd52504300 63"))));
		assertFails(Step.NEGOTIATION, "no common version: the peer speaks []",
				() -> OURS.highestCommon(Header.read(Wire.reader("00"))));
		assertFails(Step.NEGOTIATION, "no common version: the peer speaks []",
				() -> OURS.highestCommon(Header.read(Wire.reader("02 fd52504300 fd41420f00"))));
	}

	@ParameterizedTest
	@CsvSource({ "02 fd4b524232 01, 843207243", "02 fd4b425400 01, 5521995", "03 fd52504300 01 fd4b425400, 5521995" })
	void anotherProtocol(String peer, String number) {
		assertFails(Step.NEGOTIATION,
				"the peer speaks another protocol, its magic number is " + number + " (expected: 4411474)",
				() -> Header.read(Wire.reader(peer)));
	}

	@Test
	void aHeaderHasAHundredNumbersAtMost() {
		assertThat(Header.read(Wire.reader("64 fd52504300" + "01".repeat(99))).versions()).hasSize(99);
		assertFails(Step.HEADER, "numbers: 101 (expected: <= 100) (at offset 0)",
				() -> Header.read(Wire.reader("65 fd52504300" + "01".repeat(100))));
		assertFails(Step.HEADER, "numbers: 4294967295 (expected: <= 100) (at offset 0)",
				() -> Header.read(Wire.reader("fd ffffffff")));
	}

	@Test
	void whatIsNoHeader() {
		assertFails(Step.HEADER, "1 bytes are left over (at offset 7)",
				() -> Header.read(Wire.reader("02 fd52504300 01 00")));
		assertFails(Step.HEADER, "0 bytes remain (expected: 1) (at offset 6)",
				() -> Header.read(Wire.reader("02 fd52504300")));
		assertFails(Step.HEADER, "0 bytes remain (expected: 1) (at offset 0)", () -> Header.read(Wire.reader("")));
		assertFails(Step.HEADER, "int: first byte 80 (at offset 1)", () -> Header.read(Wire.reader("01 80")));
	}

	/** All 66 times 66. */
	@Test
	void everyTwoRangesOfVersionsMeetAtTheSameVersionOrNone() {
		List<int[]> ranges = new ArrayList<>();
		for (int lowest = ProtocolVersion.LOWEST; lowest <= ProtocolVersion.HIGHEST; lowest++) {
			for (int highest = lowest; highest <= ProtocolVersion.HIGHEST; highest++) {
				ranges.add(new int[] { lowest, highest });
			}
		}
		assertThat(ranges).hasSize(66);
		for (int[] range : ranges) {
			Header ours = Header.of(range[0], range[1]);
			for (int[] other : ranges) {
				Header peer = Header.read(Wire.reader(Wire.bytes(Header.of(other[0], other[1])::write)));
				int highest = Math.min(range[1], other[1]);
				if (highest >= Math.max(range[0], other[0])) {
					assertThat(ours.highestCommon(peer)).isEqualTo(highest);
				}
				else {
					assertFails(Step.NEGOTIATION, "no common version", () -> ours.highestCommon(peer));
				}
			}
		}
	}

	@Test
	void aRangeThatIsNotSpokenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Header.of(0, 3))
			.withMessage("protocol versions: 0 to 3 (expected: within 1 to 11)");
		assertThatIllegalArgumentException().isThrownBy(() -> Header.of(1, 12));
		assertThatIllegalArgumentException().isThrownBy(() -> Header.of(4, 3));
	}

	private static void assertFails(Step step, String reason, Runnable action) {
		assertThatExceptionOfType(HandshakeException.class).isThrownBy(action::run)
			.satisfies((ex) -> assertThat(ex.step()).isEqualTo(step))
			.withMessageContaining(reason);
	}

}
