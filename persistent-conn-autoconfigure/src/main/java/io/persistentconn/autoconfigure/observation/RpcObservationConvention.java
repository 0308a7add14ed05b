package io.persistentconn.autoconfigure.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names of the observations of calls, unless the application has a
 * {@code GlobalObservationConvention} for the type of the context.
 *
 * @param <C> the type of the context
 */
final class RpcObservationConvention<C extends Observation.Context & ObservedCall> implements ObservationConvention<C> {

	static final RpcObservationConvention<RpcClientContext> CLIENT = new RpcObservationConvention<>(
			"persistent.conn.rpc.client", RpcClientContext.class);

	static final RpcObservationConvention<RpcServerContext> SERVER = new RpcObservationConvention<>(
			"persistent.conn.rpc.server", RpcServerContext.class);

	private final String name;

	private final Class<C> type;

	private RpcObservationConvention(String name, Class<C> type) {
		this.name = name;
		this.type = type;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.type.isInstance(context);
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(C call) {
		return call.rpc().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(C call) {
		return KeyValues.of("name", call.name(), "rpc.system", "async_rpc", "rpc.method", call.rpc().name(), "outcome",
				call.outcome().tag());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(C call) {
		return KeyValues.of("rpc.version", Long.toString(call.rpc().version()));
	}

}
