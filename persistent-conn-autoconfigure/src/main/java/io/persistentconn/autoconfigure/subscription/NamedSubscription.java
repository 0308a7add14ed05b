package io.persistentconn.autoconfigure.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

import io.persistentconn.autoconfigure.properties.SubscriptionProperties;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.durable.Durable;
import io.persistentconn.durable.SubscriptionOptions;
import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A durable subscription of the application, by its name. May be used from any thread.
 */
public final class NamedSubscription {

	private final String name;

	private final PersistentConnection<RpcConnection> connection;

	private final RpcId rpc;

	private final boolean restartable;

	private final SubscriptionListener listener;

	private final SubscriptionLog log;

	private final Durable<RpcConnection> durable;

	private final SubscriptionOptions options;

	private final LastUpdate lastUpdate;

	private volatile SubscriptionStatus status;

	/** In streams that are over. Guarded by this, as the next two. */
	private long recoveriesBefore;

	private @Nullable Pipe<?> stream;

	private boolean closed;

	/**
	 * Creates a subscription that has not begun.
	 * @param restartable whether it may be opened again after its stream is closed
	 * @param listener told of its changes, in order, and at last of its removal
	 */
	NamedSubscription(String name, PersistentConnection<RpcConnection> connection, RpcId rpc, boolean restartable,
			SubscriptionProperties properties, SubscriptionListener listener) {
		this.name = name;
		this.connection = connection;
		this.rpc = rpc;
		this.restartable = restartable;
		this.listener = listener;
		this.log = new SubscriptionLog(name, rpc + " over " + connection.name(),
				() -> connection.currentConnection().isPresent());
		this.durable = Durable.of(connection);
		this.lastUpdate = new LastUpdate(connection.timeSource());
		this.options = SubscriptionOptions.resubscribeAfter(properties.resubscribeDelay())
			.withBuffer(properties.buffer().size(), properties.buffer().overflow())
			.withListener(this::changed)
			.withUpdateListener(this.lastUpdate::received);
		this.status = new SubscriptionStatus(Phase.CONNECTING, connection.timeSource().instant(), 0, 0, 0, 0,
				Optional.empty());
	}

	/**
	 * What it is called.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Over what it goes.
	 * @return the persistent connection
	 */
	public PersistentConnection<RpcConnection> connection() {
		return this.connection;
	}

	/**
	 * To what it is.
	 * @return the name and version of the RPC
	 */
	public RpcId rpc() {
		return this.rpc;
	}

	/**
	 * How it is doing, from what is known already. One that is annotated counts anew
	 * whenever it is started, and is {@link Phase#CLOSED} while the application is
	 * stopped.
	 * @return its status; without attempts if it has not begun
	 */
	public SubscriptionStatus status() {
		return this.status;
	}

	/**
	 * When it received a state or an update last, since there is this object.
	 * @return the time, by the clock of the connection; empty if nothing has come yet
	 */
	public Optional<Instant> lastUpdate() {
		return this.lastUpdate.at();
	}

	/**
	 * How long ago it received a state or an update last: so old is what is known.
	 * @return the time since then, which steps of the clock do not change; empty if
	 * nothing has come yet
	 */
	public Optional<Duration> age() {
		return this.lastUpdate.age();
	}

	/**
	 * How often it was established after it was lost, since there is this object.
	 * @return the number of recoveries
	 */
	public synchronized long recoveries() {
		SubscriptionStatus current = this.status;
		return this.recoveriesBefore + ((current.phase() != Phase.CLOSED) ? recoveries(current) : 0);
	}

	/**
	 * Closes it for good: its stream ends, the server's is aborted, and the name is free.
	 * Idempotent.
	 */
	public void close() {
		Pipe<?> open;
		synchronized (this) {
			this.closed = true;
			open = this.stream;
		}
		if (open != null && this.status.phase() != Phase.CLOSED) {
			open.close();
		}
		else {
			this.listener.removed(this);
		}
	}

	/**
	 * Whether it is closed for good.
	 * @return {@code true} after {@link #close()}, and when the stream is closed that an
	 * application got
	 */
	public synchronized boolean isClosed() {
		return this.closed || (!this.restartable && this.stream != null && this.stream.isClosed());
	}

	/** Begins, unless it is closed for good: then the stream is at its end. */
	<T> Pipe<T> open(BiFunction<Durable<RpcConnection>, SubscriptionOptions, Pipe<T>> opener) {
		Pipe<T> opened = opener.apply(this.durable, this.options);
		boolean late;
		synchronized (this) {
			this.stream = opened;
			late = this.closed;
		}
		if (late) {
			opened.close();
		}
		return opened;
	}

	/** Called by the owner of the stream. */
	private void changed(SubscriptionStatus now) {
		SubscriptionStatus before = this.status;
		boolean over = now.phase() == Phase.CLOSED;
		synchronized (this) {
			this.status = now;
			this.recoveriesBefore += over ? recoveries(now) : 0;
		}
		this.log.changed(before, now);
		this.listener.changed(this, before, now);
		if (over && (!this.restartable || isClosed())) {
			this.listener.removed(this);
		}
	}

	private static long recoveries(SubscriptionStatus status) {
		return Math.max(0, status.established() - 1);
	}

	@Override
	public String toString() {
		return "NamedSubscription(" + this.name + ", " + this.rpc + " over " + this.connection.name() + ")";
	}

}
