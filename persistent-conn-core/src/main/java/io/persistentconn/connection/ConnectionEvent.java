package io.persistentconn.connection;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens in the life of a {@link PersistentConnection}. An episode begins with
 * {@link AttemptingToConnect} and ends with {@link Connected}; {@link Disconnected}
 * follows when that connection is gone. Source: rules C1 to C3.
 *
 * @param <A> the type of addresses
 * @param <C> the type of connections
 */
public sealed interface ConnectionEvent<A, C> {

	/**
	 * An episode begins. Retries within it do not report this again.
	 *
	 * @param <A> the type of addresses
	 * @param <C> the type of connections
	 */
	record AttemptingToConnect<A, C>() implements ConnectionEvent<A, C> {
	}

	/**
	 * The address that is tried next, if it differs from the last one of the episode.
	 *
	 * @param address the address
	 * @param <A> the type of addresses
	 * @param <C> the type of connections
	 */
	record ObtainedAddress<A, C>(A address) implements ConnectionEvent<A, C> {
	}

	/**
	 * An attempt failed, with an error that differs from the last one of the episode.
	 *
	 * @param error why: from the address supplier, from the connector, or
	 * {@link AllAddressesFailedException}
	 * @param attempt the number of the failed attempt in its episode, from 1
	 * @param nextAttemptIn how long until the next one
	 * @param <A> the type of addresses
	 * @param <C> the type of connections
	 */
	record FailedToConnect<A, C>(Throwable error, int attempt,
			Duration nextAttemptIn) implements ConnectionEvent<A, C> {
	}

	/**
	 * The connection is there, also for {@link PersistentConnection#currentConnection()}.
	 *
	 * @param connection the connection
	 * @param address what it is connected to
	 * @param <A> the type of addresses
	 * @param <C> the type of connections
	 */
	record Connected<A, C>(C connection, A address) implements ConnectionEvent<A, C> {
	}

	/**
	 * The connection is gone: lost, or closed by
	 * {@link PersistentConnection#closeAsync()} or {@link PersistentConnection#pause()}.
	 *
	 * @param reason why, where the connection knows
	 * @param lifetime how long it was there
	 * @param <A> the type of addresses
	 * @param <C> the type of connections
	 */
	record Disconnected<A, C>(Optional<Throwable> reason, Duration lifetime) implements ConnectionEvent<A, C> {
	}

}
