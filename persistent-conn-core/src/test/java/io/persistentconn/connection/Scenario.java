package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.connection.ConnectionEvent.AttemptingToConnect;
import io.persistentconn.connection.ConnectionEvent.Connected;
import io.persistentconn.connection.ConnectionEvent.Disconnected;
import io.persistentconn.connection.ConnectionEvent.FailedToConnect;
import io.persistentconn.connection.ConnectionEvent.ObtainedAddress;

/**
 * One persistent connection in virtual time, with a log of all that it does, in order:
 * each line begins with the second at which it happened. The retry delay is exactly ten
 * seconds unless a test says otherwise.
 */
final class Scenario {

	final VirtualTimeSource time = new VirtualTimeSource();

	final List<String> log = new ArrayList<>();

	/** All connections ever delivered. */
	final List<FakeConnection> connections = new ArrayList<>();

	final List<ConnectContext> contexts = new ArrayList<>();

	/** What the supplier answers. */
	AddressSupplier<List<String>> addresses = () -> CompletableFuture.completedStage(List.of("a"));

	/** What the connector answers for an address: by default a new connection. */
	Function<String, CompletionStage<FakeConnection>> connect = (address) -> CompletableFuture
		.completedStage(newConnection());

	/** What the handler answers to an event. */
	Function<ConnectionEvent<String, FakeConnection>, CompletionStage<?>> handler = (event) -> null;

	final PersistentConnection<FakeConnection> connection;

	Scenario() {
		this((builder) -> builder);
	}

	Scenario(UnaryOperator<PersistentConnectionBuilder<String, FakeConnection>> customizer) {
		PersistentConnectionBuilder<String, FakeConnection> builder = PersistentConnection
			.<String, FakeConnection>builder("test", (context, address) -> {
				this.contexts.add(context);
				say("connect " + address);
				return this.connect.apply(address);
			})
			.addresses(() -> {
				say("lookup");
				return this.addresses.get();
			})
			.onEvent((event) -> {
				say(describe(event));
				return this.handler.apply(event);
			})
			.retryDelay(RetryDelay.constant(Duration.ofSeconds(10)).jittered(0))
			.timeSource(this.time);
		this.connection = customizer.apply(builder).build();
	}

	FakeConnection newConnection() {
		FakeConnection connection = new FakeConnection("#" + (this.connections.size() + 1));
		this.connections.add(connection);
		return connection;
	}

	FakeConnection lastConnection() {
		return this.connections.get(this.connections.size() - 1);
	}

	/** From now on the connector fails. */
	void refuse(String message) {
		this.connect = (address) -> CompletableFuture.failedStage(new IllegalStateException(message));
	}

	/** From now on the connector delivers. */
	void accept() {
		this.connect = (address) -> CompletableFuture.completedStage(newConnection());
	}

	/** Starts, and runs what is to be done at time zero. */
	Scenario start() {
		this.connection.start();
		this.time.run();
		return this;
	}

	void advance(Duration duration) {
		this.time.advanceBy(duration);
	}

	void advanceSeconds(long seconds) {
		advance(Duration.ofSeconds(seconds));
	}

	/** What was logged since the last call. */
	List<String> heard() {
		List<String> heard = List.copyOf(this.log);
		this.log.clear();
		return heard;
	}

	void say(String line) {
		double seconds = this.time.nanoTime() / 1e9;
		String now = (seconds == Math.rint(seconds)) ? "" + (long) seconds : "" + seconds;
		this.log.add(now + " " + line);
	}

	static String describe(ConnectionEvent<?, FakeConnection> event) {
		if (event instanceof AttemptingToConnect) {
			return "attempting";
		}
		if (event instanceof ObtainedAddress<?, ?> obtained) {
			return "obtained " + obtained.address();
		}
		if (event instanceof FailedToConnect<?, ?> failed) {
			return "failed " + failed.error().getMessage();
		}
		if (event instanceof Connected<?, ?> connected) {
			return "connected " + connected.connection();
		}
		return "disconnected"
				+ ((Disconnected<?, ?>) event).reason().map((error) -> " " + error.getMessage()).orElse("");
	}

}
