package io.persistentconn.rpc.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.Md5;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("V1")
class MenuTests {

	private static final List<RpcId> SORTED = List.of(RpcId.of("", 1), RpcId.of("Z", 1), RpcId.of("a", -1),
			RpcId.of("a", 2), RpcId.of("a", 10), RpcId.of("aa", 1), RpcId.of("b", 1), RpcId.of("\uffee", 1),
			RpcId.of("\ud83d\ude00", 1));

	@Test
	void theOrderIsThatOfOctetsThenVersions() {
		List<RpcId> unsorted = new ArrayList<>(SORTED);
		Collections.rotate(unsorted, 4);
		Collections.swap(unsorted, 1, 7);
		Menu menu = Menu.of(unsorted);
		assertThat(menu.ids()).isEqualTo(SORTED);
		for (int rank = 0; rank < SORTED.size(); rank++) {
			assertThat(menu.id(rank)).isEqualTo(SORTED.get(rank));
			assertThat(menu.rank(RpcId.of(SORTED.get(rank).name(), SORTED.get(rank).version()))).isEqualTo(rank);
		}
		assertThat(menu.rank(RpcId.of("a", 3))).isEqualTo(Menu.NO_RANK);
		assertThat(menu.size()).isEqualTo(9);
	}

	@Test
	void aMenuThatIsReceivedIsSortedWithItsDigests() {
		ConnectionMetadata metadata = (ConnectionMetadata) Wire
			.read("04 00 01 03 01 62 01 01" + "11".repeat(16) + "01 61 02 03 01 61 01 00" + "22".repeat(32));
		Menu menu = metadata.menu().orElseThrow();
		assertThat(menu.ids()).containsExactly(RpcId.of("a", 1), RpcId.of("a", 2), RpcId.of("b", 1));
		assertThat(menu.digests(RpcId.of("b", 1))).contains(new Digests.OneWay(Md5.ofHex("11".repeat(16))));
		assertThat(menu.digests(RpcId.of("a", 1)))
			.contains(new Digests.Plain(Md5.ofHex("22".repeat(16)), Md5.ofHex("22".repeat(16))));
		assertThat(menu.digests(RpcId.of("a", 2))).contains(Digests.UNKNOWN);
		assertThat(menu.digests(RpcId.of("c", 2))).isEmpty();
	}

	@Test
	void anRpcThatIsThereTwiceIsAnError() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Menu.of(List.of(RpcId.of("a", 1), RpcId.of("b", 1), RpcId.of("a", 1))))
			.withMessage("menu: a v1 twice (expected: each RPC once)");
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Wire.read("07 00 01 03 01 61 01 01 62 01 01 61 01 00"))
			.withMessageContaining("menu: a v1 twice");
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Menu.CODEC.read(Wire.reader("02 01 61 01 01 61 01")))
			.withMessageContaining("menu: a v1 twice");
	}

	@Test
	void theMenuRpcIsLeftOutOfOursButKeptInThePeers() {
		assertThat(Menu.of(List.of(Menu.RPC, RpcId.of("a", 1))).ids()).containsExactly(RpcId.of("a", 1));
		assertThat(Menu.of(Map.of(Menu.RPC, Digests.UNKNOWN)).size()).isZero();
		assertThat(Menu.CODEC.read(Wire.reader("01 14 5f5f56657273696f6e65645f7270632e4d656e75 01")).ids())
			.containsExactly(Menu.RPC);
	}

	@Test
	void namesThatAreNotUtf8KeepTheirPlace() {
		ConnectionMetadata metadata = (ConnectionMetadata) Wire.read("07 00 01 03 01 fe 01 01 ff 01 01 61 01 00");
		Menu menu = metadata.menu().orElseThrow();
		assertThat(menu.rank(RpcId.of("a", 1))).isZero();
		assertThat(menu.ids()).extracting(RpcId::name).containsExactly("a", "\ufffd", "\ufffd");
	}

	@Test
	void digestsTravel() {
		Md5 one = Md5.ofHex("86ba5df747eec837f0b391dd49f33f9e");
		Md5 other = Md5.ofHex("d9a8da25d5656b016fb4dbdc2e4197fb");
		Map<RpcId, Digests> digests = new LinkedHashMap<>();
		digests.put(RpcId.of("d", 1), new Digests.Unknown());
		digests.put(RpcId.of("c", 1), new Digests.Streaming(one, other, one, other));
		digests.put(RpcId.of("b", 1), new Digests.OneWay(other));
		digests.put(RpcId.of("a", 1), new Digests.Plain(one, other));
		ConnectionMetadata metadata = new ConnectionMetadata(Optional.empty(), Optional.of(Menu.of(digests)));
		String a = "00" + one + other;
		String b = "01" + other;
		String c = "02" + one + other + one + other;
		assertThat(Wire.written((out) -> new MessageWriter(3).metadata(out, metadata)))
			.isEqualTo(Wire.hex("04 00 01 04 01 61 01" + a + "01 62 01" + b + "01 63 01" + c + "01 64 01 03"));
		assertThat(Wire.written((out) -> new MessageWriter(6).metadata(out, metadata)))
			.isEqualTo(Wire.hex("07 00 01 04 01 61 01 01 62 01 01 63 01 01 64 01 01 04" + a + b + c + "03"));
		assertThat(Wire.read(Wire.bytes((out) -> new MessageWriter(3).metadata(out, metadata)))).isEqualTo(metadata);
		assertThat(Wire.read(Wire.bytes((out) -> new MessageWriter(6).metadata(out, metadata)))).isEqualTo(metadata);
	}

	@Test
	void thereAreAsManyDigestsAsRpcs() {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Wire.read("07 00 01 02 01 61 01 01 62 01 01 01 03"))
			.withMessageContaining("digests: 1 (expected: 2, one for each RPC)");
	}

	@Test
	void theMenuRpcAnswersWithNamesAndVersions() {
		Menu menu = Menu.of(List.of(RpcId.of("b", 1), RpcId.of("a", 200)));
		assertThat(Wire.written((out) -> MessageWriter.payload(out, Menu.CODEC, menu)))
			.isEqualTo(Wire.hex("09 02 01 61 fec800 01 62 01"));
		assertThat(Menu.CODEC.read(Wire.reader("02 01 62 01 01 61 fec800"))).isEqualTo(menu);
		assertThat(Menu.CODEC.shape().digest()).hasToString("4c1e50c93b38c2ad0554cbd929bef3ac");
		assertThat(BinCodecs.UNIT.shape().digest()).hasToString("86ba5df747eec837f0b391dd49f33f9e");
	}

}
