package io.persistentconn.binprot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every value that the real bin_prot wrote.
 */
class RecordedValuesTests {

	/** What prints as a time there is a number of nanoseconds here, and likewise. */
	private static final Map<String, String> PRINTED = Map.of("\"1970-01-01 00:00:00Z\"", "0",
			"\"1970-01-01 00:00:00.000000001Z\"", "1", "\"1969-12-31 23:59:59.999999999Z\"", "-1", "1ms", "1000000",
			"-5s", "-5000000000", "1970-01-01", "(1970 Jan 1)");

	private final List<Map<String, String>> values = Recordings.values();

	@Test
	void areReadAsWhatTheyAre() {
		for (Map<String, String> recorded : this.values) {
			Object value = Octets.read(codec(recorded), recorded.get("hex"));
			String expected = PRINTED.getOrDefault(recorded.get("value"), recorded.get("value"));
			assertThat(OcamlSexp.of(value)).as("%s", recorded).hasToString(expected);
		}
		assertThat(this.values).hasSizeGreaterThan(400);
	}

	@Test
	void areWrittenAsTheRealThingDoes() {
		for (Map<String, String> recorded : this.values) {
			Object value = Octets.read(codec(recorded), recorded.get("hex"));
			assertThat(Octets.write(codec(recorded), value)).as("%s", recorded).isEqualTo(recorded.get("hex"));
		}
	}

	@Test
	void areErrorsWhereverTheyAreCutOff() {
		for (Map<String, String> recorded : this.values) {
			byte[] octets = Octets.of(recorded.get("hex"));
			for (int length = 0; length < octets.length; length += 1 + length / 300) {
				byte[] truncated = Arrays.copyOf(octets, length);
				assertThatExceptionOfType(BinProtException.class).as("%s at %s", recorded, length)
					.isThrownBy(() -> Octets.read(codec(recorded), truncated))
					.satisfies((ex) -> assertThat(ex.offset()).isBetween(0, truncated.length));
			}
		}
	}

	private static BinCodec<Object> codec(Map<String, String> recorded) {
		return RecordedCodecs.codec(recorded.get("type"));
	}

}
