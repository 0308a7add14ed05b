package io.persistentconn.autoconfigure.observation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.persistentconn.rpc.OutgoingCall;
import io.persistentconn.rpc.RpcKind;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * The context of the observation of a call of this side. The carrier is what is sent
 * along for tracing, by the names of the fields.
 */
public final class RpcClientContext extends SenderContext<Map<String, String>> implements ObservedCall {

	private final String name;

	private final RpcId rpc;

	private final RpcKind kind;

	private volatile CallOutcome outcome = CallOutcome.UNKNOWN;

	RpcClientContext(String name, OutgoingCall call) {
		super(RpcClientContext::put, Kind.CLIENT);
		setCarrier(new LinkedHashMap<>());
		setRemoteServiceName(name);
		this.name = name;
		this.rpc = call.rpc();
		this.kind = call.kind();
	}

	private static void put(@Nullable Map<String, String> fields, String field, String value) {
		if (fields != null) {
			fields.put(field, value);
		}
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
