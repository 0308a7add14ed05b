package io.persistentconn.sample;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.persistentconn.binprot.Unit;
import io.persistentconn.connection.ConnectionEvent.Connected;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import org.jspecify.annotations.Nullable;

/**
 * A node of the fleet: the connection to it, and what it said lately.
 */
final class Node {

	private static final Duration MEMORY = Duration.ofMinutes(2);

	private final PersistentConnection<RpcConnection> connection;

	private final Clock clock;

	private final Consumer<Sample> onSample;

	private final Consumer<Throwable> onFailure;

	private final Deque<Sample> samples = new ArrayDeque<>();

	private volatile @Nullable NodeInfo info;

	/**
	 * Listens to a node.
	 * @param onSample told of every sample, on an event loop, so it must not block
	 * @param onFailure likewise told why a call failed although the connection goes on
	 */
	Node(PersistentConnection<RpcConnection> connection, Clock clock, Consumer<Sample> onSample,
			Consumer<Throwable> onFailure) {
		this.connection = connection;
		this.clock = clock;
		this.onSample = onSample;
		this.onFailure = onFailure;
		// Whoever is connected to now may be another process than before.
		connection.addListener((event) -> {
			if (event instanceof Connected<?, RpcConnection> connected) {
				askForInfo(connected.connection());
			}
		});
		VitalsSubscription.start(connection, this::receive, onFailure);
	}

	private void askForInfo(RpcConnection connection) {
		FleetRpcs.NODE_INFO.dispatch(connection, Unit.UNIT).whenComplete((info, failure) -> {
			this.info = info;
			if (failure != null && !connection.isClosed()) {
				this.onFailure.accept(failure);
			}
		});
	}

	private void receive(Vitals vitals) {
		Sample sample = new Sample(this.clock.millis(), vitals);
		synchronized (this.samples) {
			this.samples.add(sample);
			while (this.samples.element().at() < sample.at() - MEMORY.toMillis()) {
				this.samples.remove();
			}
		}
		this.onSample.accept(sample);
	}

	/** What the node said in the last minutes, in order. */
	List<Sample> samples() {
		synchronized (this.samples) {
			return List.copyOf(this.samples);
		}
	}

	NodeStatus status() {
		return NodeStatus.of(this.connection.name(), this.connection.status(), this.info);
	}

	/**
	 * Tells the node something.
	 * @return completes when it is on its way
	 */
	CompletableFuture<Void> log(String text) {
		return this.connection.currentConnection()
			.map((connection) -> FleetRpcs.LOG.dispatch(connection, text))
			.orElseGet(() -> CompletableFuture.failedFuture(new NodeNotConnectedException(this.connection.name())));
	}

	/** Closes the present connection. The persistent connection makes another one. */
	void cut() {
		this.connection.currentConnection().ifPresent(RpcConnection::closeAsync);
	}

	void retryNow() {
		this.connection.retryNow();
	}

}
