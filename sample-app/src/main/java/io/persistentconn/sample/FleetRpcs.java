package io.persistentconn.sample;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.StateRpc;

/**
 * The RPCs of a node: {@link NodeService} implements them, {@link Node} calls them. Who
 * changes a type makes it another version, and may implement both.
 */
final class FleetRpcs {

	static final BinCodec<Vitals> VITALS_CODEC = BinCodecs.of(Vitals.class);

	/**
	 * The vitals as they are, and then every second what they have become. No query is
	 * rejected, so the last type says nothing.
	 */
	static final StateRpc<Unit, Vitals, Vitals, Unit> VITALS = StateRpc.of("vitals", 1, BinCodecs.UNIT, VITALS_CODEC,
			VITALS_CODEC, BinCodecs.UNIT);

	/** Who the node is, which does not change as long as it runs. */
	static final Rpc<Unit, NodeInfo> NODE_INFO = Rpc.of("node-info", 1, BinCodecs.UNIT, BinCodecs.of(NodeInfo.class));

	/** A line for the log and the timeline of the node, which does not answer. */
	static final OneWayRpc<String> LOG = OneWayRpc.of("log", 1, BinCodecs.STRING);

	private FleetRpcs() {
	}

}
