package io.persistentconn.rpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R9")
class QueryMetadataTests {

	private static final RpcId ID = RpcId.of("t", 1);

	@Test
	void textsTravelUnderTheirKeys() {
		QueryMetadata metadata = QueryMetadata.of("zero").with(7, "seven").with(-3, "").with(7, "again");
		assertThat(metadata.payloads()).containsExactly(Map.entry(0L, "zero"), Map.entry(7L, "again"),
				Map.entry(-3L, ""));
		assertThat(travelled(8, metadata)).isEqualTo(metadata);
		assertThat(travelled(11, metadata)).isEqualTo(metadata);
		assertThat(travelled(2, metadata)).isEqualTo(QueryMetadata.of("zero"));
		assertThat(travelled(7, metadata)).isEqualTo(QueryMetadata.of("zero"));
		assertThat(travelled(1, metadata)).isNull();
		assertThat(metadata.payload(7)).contains("again");
		assertThat(metadata.payload(8)).isEmpty();
	}

	@Test
	void aTextIsCutOffAtOneKibibyteWithoutCuttingACharacter() {
		assertCut("x".repeat(1024), 1024);
		assertCut("x".repeat(1025), 1024);
		assertCut("x".repeat(100_000), 1024);
		assertCut("\u00e9".repeat(512), 1024);
		assertCut("x" + "\u00e9".repeat(512), 1023);
		assertCut("\u20ac".repeat(400), 1023);
		assertCut("\ud83d\ude00".repeat(257), 1024);
		assertCut("xx" + "\ud83d\ude00".repeat(257), 1022);
	}

	private static void assertCut(String text, int bytes) {
		for (int version : new int[] { 2, 8, 11 }) {
			String cut = travelled(version, QueryMetadata.of(text)).payload(0).orElseThrow();
			assertThat(text).startsWith(cut);
			assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
		}
	}

	@Test
	void theFirstOfEqualKeysCounts() {
		LastMessage.Query query = (LastMessage.Query) Wire.read("09 01 74 01 07 01 02 05 01 61 05 01 62 00");
		assertThat(query.metadata()).isEqualTo(new QueryMetadata(Map.of(5L, "a")));
	}

	@Test
	void aTextThatThePeerCutWithinACharacterIsRead() {
		LastMessage.Query query = (LastMessage.Query) Wire.read("03 01 74 01 07 01 02 61 c3 00");
		assertThat(query.metadata()).isEqualTo(QueryMetadata.of("a\ufffd"));
	}

	private static QueryMetadata travelled(int version, QueryMetadata metadata) {
		byte[] message = Wire.bytes((out) -> {
			new MessageWriter(version).query(out, ID, Menu.NO_RANK, 1, metadata);
			out.writeByte(0);
		});
		return ((LastMessage.Query) Wire.read(message)).metadata();
	}

}
