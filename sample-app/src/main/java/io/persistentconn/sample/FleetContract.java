package io.persistentconn.sample;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.rpc.StateStream;

/**
 * The contract of all instances: {@link NodeService} implements it, {@link Node} has a
 * client of it, and {@link Fleet} subscribes to the vitals. Who changes a type makes it
 * another version, and may implement both.
 */
interface FleetContract {

	/** The vitals as they are, and then every second what they have become. */
	@RpcMapping(name = "vitals")
	StateStream<Vitals, Vitals> vitals();

	/** Who the node is, which does not change as long as it runs. */
	@RpcMapping(name = "node-info")
	CompletableFuture<NodeInfo> nodeInfo();

	/** A line for the log and the timeline of the node, which does not answer. */
	@RpcMapping(name = "log")
	@OneWay
	void log(LogLine line);

}
