package io.persistentconn.autoconfigure.subscription;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.durable.DurablePipeRpc;
import io.persistentconn.durable.DurableStateRpc;
import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.protocol.RpcId;

import org.springframework.beans.factory.DisposableBean;

/**
 * The durable subscriptions of the application by name, and the way to more of them: all
 * have properties, events, health and meters. <pre>{@code
 * Pipe<StateUpdate<Book, Change, String>> updates = subscriptions.state("book", "quotes", BOOK, "AAPL");
 * }</pre> A stream that was got here stays when the application stops: it is lost with
 * its connection, and recovers when the application starts again. It ends with the
 * context. May be used from any thread.
 */
public final class Subscriptions implements DisposableBean {

	private final PersistentConnections connections;

	private final PersistentConnProperties properties;

	private final Map<String, NamedSubscription> subscriptions = new TreeMap<>();

	private final List<SubscriptionListener> listeners = new CopyOnWriteArrayList<>();

	private final SubscriptionListener relay = new Relay();

	/**
	 * Creates a registry.
	 * @param connections the connections that subscriptions go over
	 * @param properties describe the subscriptions
	 */
	public Subscriptions(PersistentConnections connections, PersistentConnProperties properties) {
		this.connections = connections;
		this.properties = properties;
	}

	/**
	 * Subscribes to a state RPC, as
	 * {@link DurableStateRpc#create(io.persistentconn.durable.Durable, StateRpc, Object, java.time.Duration)}
	 * does, with the properties of the name.
	 * @param name the name, which no other subscription has
	 * @param connection the name of a connection with {@code protocol: rpc}
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param <Q> the type of the query
	 * @param <S> the type of the state
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream, which must be read without blocking; closing it ends the
	 * subscription and frees its name
	 * @throws IllegalArgumentException if the name is taken, or there is no such
	 * connection
	 */
	public <Q, S, U, E> Pipe<StateUpdate<S, U, E>> state(String name, String connection, StateRpc<Q, S, U, E> rpc,
			Q query) {
		return add(name, connection, rpc.id(), false)
			.open((durable, options) -> DurableStateRpc.create(durable, rpc, query, options));
	}

	/**
	 * Subscribes to a pipe RPC, as
	 * {@link DurablePipeRpc#create(io.persistentconn.durable.Durable, PipeRpc, Object, java.time.Duration)}
	 * does, with the properties of the name.
	 * @param name the name, which no other subscription has
	 * @param connection the name of a connection with {@code protocol: rpc}
	 * @param rpc what to subscribe to
	 * @param query asked in every attempt
	 * @param <Q> the type of the query
	 * @param <U> the type of the updates
	 * @param <E> the type of what comes with a rejection
	 * @return the stream, which must be read without blocking; closing it ends the
	 * subscription and frees its name
	 * @throws IllegalArgumentException if the name is taken, or there is no such
	 * connection
	 */
	public <Q, U, E> Pipe<PipeUpdate<U, E>> pipe(String name, String connection, PipeRpc<Q, U, E> rpc, Q query) {
		return add(name, connection, rpc.id(), false)
			.open((durable, options) -> DurablePipeRpc.create(durable, rpc, query, options));
	}

	/**
	 * The subscription of a name.
	 * @param name the name
	 * @return the subscription
	 * @throws IllegalArgumentException if there is none, or it is closed for good
	 */
	public NamedSubscription get(String name) {
		Map<String, NamedSubscription> all = all();
		NamedSubscription subscription = all.get(name);
		if (subscription == null) {
			throw new IllegalArgumentException(
					"name: \"" + name + "\" (expected: one of " + String.join(", ", all.keySet()) + ")");
		}
		return subscription;
	}

	/**
	 * All subscriptions that are not closed for good.
	 * @return a copy: the subscriptions by name, in alphabetical order
	 */
	public Map<String, NamedSubscription> all() {
		synchronized (this.subscriptions) {
			return new TreeMap<>(this.subscriptions);
		}
	}

	/**
	 * Watches all subscriptions, those that are there and those to come.
	 * @param listener told of them
	 * @return takes the listener away
	 */
	public Cancellable addListener(SubscriptionListener listener) {
		synchronized (this.subscriptions) {
			this.listeners.add(listener);
			this.subscriptions.values().forEach(listener::added);
		}
		return () -> this.listeners.remove(listener);
	}

	/** One that has not begun. */
	NamedSubscription add(String name, String connection, RpcId rpc, boolean restartable) {
		NamedSubscription subscription = new NamedSubscription(name, this.connections.rpc(connection), rpc, restartable,
				this.properties.subscription(name), this.relay);
		synchronized (this.subscriptions) {
			NamedSubscription other = this.subscriptions.get(name);
			if (other != null && other.isClosed()) {
				this.relay.removed(other);
			}
			else if (other != null) {
				throw new IllegalArgumentException(
						"name: \"" + name + "\", of " + other + " (expected: one that no other subscription has)");
			}
			this.subscriptions.put(name, subscription);
			this.listeners.forEach((listener) -> listener.added(subscription));
		}
		return subscription;
	}

	/**
	 * Closes all subscriptions for good.
	 */
	@Override
	public void destroy() {
		all().values().forEach(NamedSubscription::close);
	}

	private final class Relay implements SubscriptionListener {

		@Override
		public void changed(NamedSubscription subscription, SubscriptionStatus before, SubscriptionStatus now) {
			Subscriptions.this.listeners.forEach((listener) -> listener.changed(subscription, before, now));
		}

		@Override
		public void removed(NamedSubscription subscription) {
			Map<String, NamedSubscription> all = Subscriptions.this.subscriptions;
			synchronized (all) {
				if (all.remove(subscription.name(), subscription)) {
					Subscriptions.this.listeners.forEach((listener) -> listener.removed(subscription));
				}
			}
		}

	}

}
