package io.persistentconn.autoconfigure.observation;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.persistentconn.rpc.CallListener;
import io.persistentconn.rpc.IncomingCall;
import io.persistentconn.rpc.OutgoingCall;
import io.persistentconn.rpc.RpcInterceptor;

/**
 * Makes each call an observation, of the application that calls and of the one that is
 * called, and sends the trace along. A handler runs in the scope of the observation.
 */
public final class RpcObservations implements RpcInterceptor {

	private final ObservationRegistry registry;

	private final String name;

	/**
	 * Observes the calls of one server or connection.
	 * @param registry has the handlers of observations
	 * @param name the name of the server or connection
	 */
	public RpcObservations(ObservationRegistry registry, String name) {
		this.registry = registry;
		this.name = name;
	}

	@Override
	public CallListener dispatching(OutgoingCall call) {
		if (this.registry.isNoop()) {
			return CallListener.NONE;
		}
		RpcClientContext context = new RpcClientContext(this.name, call);
		Observation observation = Observation.start(null, RpcObservationConvention.CLIENT, () -> context,
				this.registry);
		TraceText.write(Objects.requireNonNull(context.getCarrier()), call);
		return new Observed(observation, context::ended);
	}

	@Override
	public CallListener serving(IncomingCall call) {
		if (this.registry.isNoop()) {
			return CallListener.NONE;
		}
		RpcServerContext context = new RpcServerContext(this.name, call);
		Observation observation = Observation.start(null, RpcObservationConvention.SERVER, () -> context,
				this.registry);
		return new Observed(observation, context::ended);
	}

	/**
	 * Ends the observation with the call.
	 *
	 * @param observation has begun
	 * @param outcome takes note of how the call ended
	 */
	private record Observed(Observation observation, Consumer<CallOutcome> outcome) implements CallListener {

		@Override
		public Scope handling() {
			return this.observation.openScope()::close;
		}

		@Override
		public void ended(Optional<Throwable> error) {
			error.ifPresent(this.observation::error);
			this.outcome.accept(CallOutcome.of(error.orElse(null)));
			this.observation.stop();
		}

	}

}
