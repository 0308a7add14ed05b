package io.persistentconn.rpc.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.persistentconn.binprot.BinWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RpcTableTests {

	@Test
	void everyRpcIsFoundByNameAndVersion() {
		Map<RpcId, String> entries = new HashMap<>();
		for (int i = 0; i < 1000; i++) {
			RpcId id = RpcId.of("x".repeat(i % 40) + i / 10, i % 10);
			entries.put(id, id.toString());
		}
		RpcTable<String> table = RpcTable.of(entries, Menu.of(entries.keySet()));
		entries.forEach((id, value) -> {
			assertThat(table.get(byName(id))).isEqualTo(value);
			assertThat(table.get(byName(RpcId.of(id.name(), id.version() + 10)))).isNull();
			assertThat(table.get(byName(RpcId.of(id.name() + "x", id.version())))).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 23, 24, 31, 40 })
	void oneOctetMakesAnotherName(int length) {
		String name = "\u00e9abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".substring(0, length);
		RpcId id = RpcId.of(name, 1);
		QueryHeader header = byName(id);
		assertThat(header.matches(RpcId.of(name, 1))).isTrue();
		assertThat(header.tagHash()).isEqualTo(RpcId.of(name, 1).tagHash());
		assertThat(header.matches(RpcId.of(name, 2))).isFalse();
		assertThat(header.matches(RpcId.of(name + "\0", 1))).isFalse();
		for (int i = 0; i < length; i++) {
			RpcId other = RpcId.of(name.substring(0, i) + "_" + name.substring(i + 1), 1);
			assertThat(header.matches(other)).isFalse();
			assertThat(byName(other).matches(id)).isFalse();
			if (length - i > 1) {
				assertThat(header.matches(RpcId.of(name.substring(0, i) + name.substring(i + 1), 1))).isFalse();
			}
		}
	}

	@Test
	void everyRpcOfTheMenuIsFoundByRank() {
		RpcId one = RpcId.of("one", 1);
		RpcId two = RpcId.of("two", 1);
		Map<RpcId, String> entries = Map.of(one, "1", two, "2", Menu.RPC, "menu");
		RpcTable<String> table = RpcTable.of(entries, Menu.of(entries.keySet()));
		assertThat(table.get(byRank(0))).isEqualTo("1");
		assertThat(table.get(byRank(1))).isEqualTo("2");
		assertThat(table.get(byRank(2))).isNull();
		assertThat(table.get(byRank(Integer.MAX_VALUE))).isNull();
		assertThat(table.get(byName(Menu.RPC))).isEqualTo("menu");
	}

	@Test
	void aMenuMayTellMoreThanThereIs() {
		RpcTable<String> table = RpcTable.of(Map.of(), Menu.of(List.of(RpcId.of("a", 1))));
		assertThat(table.get(byRank(0))).isNull();
		assertThat(table.get(byName(RpcId.of("a", 1)))).isNull();
	}

	@Test
	void theHeaderOfAQueryByRankMatchesNoName() {
		QueryHeader header = byName(RpcId.of("", 0));
		assertThat(header.matches(RpcId.of("", 0))).isTrue();
		header.readV4(Wire.reader("01 00 07 00"));
		assertThat(header.matches(RpcId.of("", 0))).isFalse();
		assertThat(header.toString()).isEqualTo("query 7 of the RPC of rank 0");
	}

	@Test
	void aVersionThatIsWrittenAtLengthIsTheSame() {
		QueryHeader header = new QueryHeader();
		header.readV1(Wire.reader("fe0100 74 fc0500000000000000 07"));
		assertThat(header.matches(RpcId.of("t", 5))).isTrue();
		assertThat(RpcTable.of(Map.of(RpcId.of("t", 5), "found"), Menu.of(List.of())).get(header)).isEqualTo("found");
		assertThat(header.toString()).isEqualTo("query 7 of t v5");
	}

	@Test
	void aVersionHasSixtyThreeBits() {
		assertThat(RpcId.of("a", (1L << 62) - 1)).hasToString("a v4611686018427387903");
		assertThatIllegalArgumentException().isThrownBy(() -> RpcId.of("a", 1L << 62))
			.withMessage("version of RPC a: 4611686018427387904 (expected: 63 bits)");
	}

	private static QueryHeader byName(RpcId id) {
		QueryHeader header = new QueryHeader();
		header.readV1(Wire.reader(Wire.bytes((out) -> {
			id.write(out);
			out.writeByte(1);
		})));
		return header;
	}

	private static QueryHeader byRank(int rank) {
		QueryHeader header = new QueryHeader();
		header.readV4(Wire.reader(Wire.bytes((out) -> {
			out.writeByte(1);
			BinWriter.writeInt(rank, out);
			out.writeByte(1);
			out.writeByte(0);
		})));
		return header;
	}

}
