package io.persistentconn.rpc;

import java.util.Optional;

import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * What a side does when the peer calls one RPC; made by the {@code implement} methods of
 * {@link Rpc}, {@link OneWayRpc}, {@link PipeRpc} and {@link StateRpc}. Immutable, and
 * used by any number of connections at a time.
 */
public final class Implementation {

	private final RpcId id;

	private final Computation computation;

	private final Service service;

	private final @Nullable ExceptionPolicy onException;

	Implementation(RpcId id, Computation computation, Service service) {
		this(id, computation, service, null);
	}

	private Implementation(RpcId id, Computation computation, Service service, @Nullable ExceptionPolicy onException) {
		this.id = id;
		this.computation = computation;
		this.service = service;
		this.onException = onException;
	}

	/**
	 * Which RPC this implements.
	 * @return its name and version
	 */
	public RpcId id() {
		return this.id;
	}

	/**
	 * Says what happens when the handler fails, instead of what
	 * {@link Implementations.Builder#onException} says.
	 * @param policy the policy
	 * @return a changed copy
	 */
	public Implementation onException(ExceptionPolicy policy) {
		return new Implementation(this.id, this.computation, this.service, policy);
	}

	Computation computation() {
		return this.computation;
	}

	Service service() {
		return this.service;
	}

	Optional<ExceptionPolicy> onException() {
		return Optional.ofNullable(this.onException);
	}

	@Override
	public String toString() {
		return "Implementation(" + this.id + ")";
	}

}
