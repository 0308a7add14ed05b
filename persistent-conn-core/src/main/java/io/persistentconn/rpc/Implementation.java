package io.persistentconn.rpc;

import java.util.Optional;
import java.util.function.UnaryOperator;

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

	private final UnaryOperator<Throwable> streamErrors;

	Implementation(RpcId id, Computation computation, Service service) {
		this(id, computation, service, null, UnaryOperator.identity());
	}

	private Implementation(RpcId id, Computation computation, Service service, @Nullable ExceptionPolicy onException,
			UnaryOperator<Throwable> streamErrors) {
		this.id = id;
		this.computation = computation;
		this.service = service;
		this.onException = onException;
		this.streamErrors = streamErrors;
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
		return new Implementation(this.id, this.computation, this.service, policy, this.streamErrors);
	}

	/**
	 * Says what the caller sees when a stream fails that was accepted: instead of the
	 * error of its publisher, which it can be told as an exception only, or as
	 * {@link NotAuthorizedException}. What handlers fail with before is theirs to map.
	 * @param mapping called on the owner of the connection, where it must not block; what
	 * it throws is seen as well
	 * @return a changed copy
	 */
	public Implementation mapStreamErrors(UnaryOperator<Throwable> mapping) {
		return new Implementation(this.id, this.computation, this.service, this.onException, mapping);
	}

	Throwable streamError(Throwable error) {
		try {
			return this.streamErrors.apply(error);
		}
		catch (Throwable ex) {
			return ex;
		}
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
