package io.persistentconn.rpc.protocol;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads menus. Source: wire, section 4. <pre>
 *  version 3 to 5  count (name, version, digests)*
 *  from version 6  count (name, version)*, option of count digests*
 *  digests         00 query response | 01 message | 02 query initial update error | 03
 * </pre>
 */
final class MenuCodec {

	private static final BinCodec<Digests> DIGESTS = BinCodecs.of(Digests.class);

	private MenuCodec() {
	}

	static void writeV1(Menu menu, ByteBuf out) {
		BinWriter.writeNat0(menu.size(), out);
		for (int rank = 0; rank < menu.size(); rank++) {
			menu.id(rank).write(out);
			DIGESTS.write(menu.digests(rank), out);
		}
	}

	static Menu readV1(BinReader in) {
		int position = in.position();
		int count = in.readCount();
		List<RpcId> ids = new ArrayList<>();
		List<Digests> digests = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(RpcId.read(in));
			digests.add(DIGESTS.read(in));
		}
		return menu(in, position, ids, digests);
	}

	static void writeV2(Menu menu, ByteBuf out) {
		BinWriter.writeNat0(menu.size(), out);
		for (int rank = 0; rank < menu.size(); rank++) {
			menu.id(rank).write(out);
		}
		BinWriter.writeBoolean(menu.hasDigests(), out);
		if (menu.hasDigests()) {
			BinWriter.writeNat0(menu.size(), out);
			for (int rank = 0; rank < menu.size(); rank++) {
				DIGESTS.write(menu.digests(rank), out);
			}
		}
	}

	static Menu readV2(BinReader in) {
		int position = in.position();
		int count = in.readCount();
		List<RpcId> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(RpcId.read(in));
		}
		return menu(in, position, ids, in.readPresent() ? readDigests(in, count) : null);
	}

	private static List<Digests> readDigests(BinReader in, int expected) {
		int position = in.position();
		int count = in.readCount();
		if (count != expected) {
			throw in.errorAt(position, "digests: " + count + " (expected: " + expected + ", one for each RPC)");
		}
		List<Digests> digests = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			digests.add(DIGESTS.read(in));
		}
		return digests;
	}

	private static Menu menu(BinReader in, int position, List<RpcId> ids, @Nullable List<Digests> digests) {
		try {
			return Menu.received(ids, digests);
		}
		catch (IllegalArgumentException ex) {
			throw in.errorAt(position, String.valueOf(ex.getMessage()));
		}
	}

}
