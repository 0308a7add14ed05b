package io.persistentconn.rpc;

import java.util.List;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Pair;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.protocol.Menu;

/**
 * The RPC that tells which RPCs there are. Source: wire, section 6, and rule V1.
 */
final class MenuRpc {

	static final Rpc<Unit, List<Pair<String, Long>>> RPC = Rpc.of(Menu.RPC.name(), Menu.RPC.version(), BinCodecs.UNIT,
			BinCodecs.list(BinCodecs.pair(BinCodecs.STRING, BinCodecs.INT)));

	private MenuRpc() {
	}

	static Implementation implementation(Menu menu) {
		List<Pair<String, Long>> entries = menu.ids()
			.stream()
			.map((id) -> new Pair<>(id.name(), id.version()))
			.toList();
		return RPC.implementNow((context, unit) -> entries);
	}

}
