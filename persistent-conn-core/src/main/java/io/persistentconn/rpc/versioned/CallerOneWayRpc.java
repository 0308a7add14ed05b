package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a {@link OneWayRpc} that a caller converts to from its model; made by
 * {@link CallerConverts#oneWay}. Immutable. Source: rule V2.
 *
 * @param <M> the model of the message
 */
public final class CallerOneWayRpc<M> {

	private final Versions<VersionCall<M, Void>> versions;

	CallerOneWayRpc(Versions<VersionCall<M, Void>> versions) {
		this.versions = versions;
	}

	/**
	 * Adds a version.
	 * @param rpc of the same name as the others, and of another version
	 * @param message makes a message of the model
	 * @param <V> the type of the message in this version
	 * @return a changed copy
	 * @throws IllegalArgumentException if it has another name, or a version that is there
	 */
	public <V> CallerOneWayRpc<M> version(OneWayRpc<V> rpc, Function<? super M, ? extends V> message) {
		Conversion<M, V> toMessage = new Conversion<>(rpc.id(), "message", message);
		return new CallerOneWayRpc<>(this.versions.with(rpc.id(),
				(connection, model, metadata) -> rpc.dispatch(connection, toMessage.apply(model), metadata)));
	}

	/**
	 * Sends a message in the highest version that both sides have. May be called from any
	 * thread, and never blocks.
	 * @param connection over which
	 * @param message what to send
	 * @return as {@link OneWayRpc#dispatch(io.persistentconn.rpc.RpcConnection, Object)}.
	 * It also fails with {@link VersionMismatchException} if there is no such version,
	 * and with {@link ConversionException}
	 */
	public CompletableFuture<Void> dispatchMulti(ConnectionWithMenu connection, M message) {
		return dispatchMulti(connection, message, null);
	}

	/**
	 * Sends a message in the highest version that both sides have, and something along.
	 * @param connection over which
	 * @param message what to send
	 * @param metadata what to send along, or {@code null}
	 * @return as {@link #dispatchMulti(ConnectionWithMenu, Object)}
	 */
	public CompletableFuture<Void> dispatchMulti(ConnectionWithMenu connection, M message,
			@Nullable QueryMetadata metadata) {
		return VersionCall.dispatchMulti(this.versions, connection, message, metadata);
	}

	Versions<?> versions() {
		return this.versions;
	}

	@Override
	public String toString() {
		return "CallerOneWayRpc(" + this.versions + ")";
	}

}
