package io.persistentconn.autoconfigure.observation;

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.persistentconn.rpc.IncomingCall;
import io.persistentconn.rpc.RpcKind;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * The context of the observation of a call of the peer. The carrier is what was sent
 * along for tracing, by the names of the fields.
 */
public final class RpcServerContext extends ReceiverContext<Map<String, String>> implements ObservedCall {

	private final String name;

	private final RpcId rpc;

	private final RpcKind kind;

	private volatile CallOutcome outcome = CallOutcome.UNKNOWN;

	RpcServerContext(String name, IncomingCall call) {
		super(Map::get, Kind.SERVER);
		setCarrier(TraceText.read(call));
		this.name = name;
		this.rpc = call.rpc();
		this.kind = call.kind();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public RpcId rpc() {
		return this.rpc;
	}

	@Override
	public RpcKind kind() {
		return this.kind;
	}

	@Override
	public CallOutcome outcome() {
		return this.outcome;
	}

	void ended(CallOutcome how) {
		this.outcome = how;
	}

}
