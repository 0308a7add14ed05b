package io.persistentconn.sample;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.tcp.TcpConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/**
 * The client's end of a connection on which vitals come in. A persistent connection may
 * be of any type that closes; with one of our own, a node counts as connected only when
 * its first vitals are here, and not as soon as something accepts on its port.
 */
final class VitalsFeed implements AsyncCloseable {

	private final TcpConnection<?> connection;

	private final ObjectReader json;

	private final Vitals first;

	private volatile @Nullable Throwable error;

	private VitalsFeed(TcpConnection<?> connection, ObjectReader json, Vitals first) {
		this.connection = connection;
		this.json = json;
		this.first = first;
	}

	/**
	 * Waits for the first vitals.
	 * @param connection belongs to the feed from now on
	 * @return fails if they do not come; the connection is closed then
	 */
	static CompletableFuture<VitalsFeed> open(TcpConnection<?> connection, ObjectReader json) {
		return connection.reader().readLine().thenApply((line) -> {
			String first = line.orElseThrow(() -> new VitalsException(connection, "hung up without a word"));
			return new VitalsFeed(connection, json, parse(connection, json, first));
		}).whenComplete((feed, error) -> {
			if (error != null) {
				connection.closeByForce();
			}
		});
	}

	/** Hands on all vitals as they come, the first included. Called once. */
	void forEach(Consumer<Vitals> consumer) {
		consumer.accept(this.first);
		this.connection.reader().forEachLine((line) -> {
			consumer.accept(parse(this.connection, this.json, line));
			return CompletableFuture.completedFuture(null);
		}).whenComplete((end, error) -> {
			// A connection that ends closes itself; one that talks nonsense does not.
			if (error instanceof VitalsException) {
				this.error = error;
				this.connection.closeByForce();
			}
		});
	}

	private static Vitals parse(TcpConnection<?> connection, ObjectReader json, String line) {
		String problem = "null";
		try {
			if (json.readValue(line) instanceof Vitals vitals) {
				return vitals;
			}
		}
		catch (JacksonException ex) {
			problem = ex.getOriginalMessage();
		}
		throw new VitalsException(connection, "sent something else than vitals: " + problem);
	}

	@Override
	public CompletableFuture<Void> closeAsync() {
		return this.connection.closeAsync();
	}

	@Override
	public boolean isClosed() {
		return this.connection.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.connection.closeFinished();
	}

	@Override
	public Optional<Throwable> closeReason() {
		return this.connection.closeReason().or(() -> Optional.ofNullable(this.error));
	}

}
