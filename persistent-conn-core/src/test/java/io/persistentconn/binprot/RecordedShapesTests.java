package io.persistentconn.binprot;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the real bin_prot computes of types: codecs have its digests.
 */
class RecordedShapesTests {

	static Stream<Map<String, String>> recorded() {
		return Recordings.shapes().stream();
	}

	@ParameterizedTest
	@MethodSource
	void recorded(Map<String, String> recorded) {
		BinShape shape = RecordedCodecs.codec(recorded.get("type")).shape();
		assertThat(shape.canonical()).isEqualTo(recorded.get("canonical"));
		assertThat(shape.digest()).hasToString(recorded.get("digest"));
	}

}
