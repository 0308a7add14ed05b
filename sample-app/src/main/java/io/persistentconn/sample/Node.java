package io.persistentconn.sample;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.connection.NotConnectedException;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import org.jspecify.annotations.Nullable;

/**
 * A node of the fleet: the connection to it, and what it said lately.
 */
final class Node {

	private static final Duration MEMORY = Duration.ofMinutes(2);

	private final PersistentConnection<RpcConnection> connection;

	private final FleetContract client;

	private final Supplier<NamedSubscription> subscription;

	private final InstantSource clock;

	private final Deque<Sample> samples = new ArrayDeque<>();

	private volatile @Nullable NodeInfo info;

	/**
	 * Creates a node that has said nothing yet.
	 * @param connection leads to it
	 * @param client calls it over that connection
	 * @param subscription the one to its vitals
	 */
	Node(PersistentConnection<RpcConnection> connection, FleetContract client, Supplier<NamedSubscription> subscription,
			InstantSource clock) {
		this.connection = connection;
		this.client = client;
		this.subscription = subscription;
		this.clock = clock;
	}

	/**
	 * Asks the node who it is. Whoever is connected to now may be another process than
	 * before.
	 * @return completes when it has answered, or failed to
	 */
	CompletableFuture<?> askForInfo() {
		return this.client.nodeInfo().whenComplete((answer, failure) -> this.info = answer);
	}

	Sample receive(Vitals vitals) {
		Sample sample = new Sample(this.clock.millis(), vitals);
		synchronized (this.samples) {
			this.samples.add(sample);
			while (this.samples.element().at() < sample.at() - MEMORY.toMillis()) {
				this.samples.remove();
			}
		}
		return sample;
	}

	/** What the node said in the last minutes, in order. */
	List<Sample> samples() {
		synchronized (this.samples) {
			return List.copyOf(this.samples);
		}
	}

	NodeStatus status() {
		return NodeStatus.of(this.connection, this.subscription.get(), this.info);
	}

	/**
	 * Tells the node something. Returns when it is on its way.
	 * @throws NodeNotConnectedException if there is no way just now
	 */
	void log(LogLine line) {
		try {
			this.client.log(line);
		}
		catch (NotConnectedException ex) {
			throw new NodeNotConnectedException(this.connection.name(), ex);
		}
	}

	/** Closes the present connection. The persistent connection makes another one. */
	void cut() {
		this.connection.currentConnection().ifPresent(RpcConnection::closeAsync);
	}

	void retryNow() {
		this.connection.retryNow();
	}

}
