package io.persistentconn.autoconfigure.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.testing.FakeConnection;
import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.connection.ConnectionEvent;
import io.persistentconn.connection.PersistentConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionFeedTests {

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final FakePeer peer = new FakePeer();

	private final List<PersistentConnEvent> events = new ArrayList<>();

	@Test
	void tellsTheWholeLifeOfAConnection() {
		PersistentConnection<FakeConnection> connection = this.peer.connection("quotes").timeSource(this.time).build();
		ConnectionFeed.attach(connection, this.events::add);
		this.peer.refuse(new IllegalStateException("refused"));
		connection.start();
		this.time.advanceBy(Duration.ofSeconds(15));
		this.peer.accept();
		this.time.advanceBy(Duration.ofSeconds(15));
		this.peer.last().lose(new IllegalStateException("reset"));
		this.time.run();
		connection.closeAsync();
		this.time.run();
		assertThat(this.events).extracting(Object::toString)
			.containsExactly("Attempting[quotes]", "ObtainedAddress[quotes, peer:1]",
					"FailedToConnect[quotes, attempt 1, java.lang.IllegalStateException: refused, "
							+ "next attempt in PT10S]",
					"Connected[quotes, peer:1]",
					"Disconnected[quotes, java.lang.IllegalStateException: reset, after PT10S]", "Attempting[quotes]",
					"ObtainedAddress[quotes, peer:1]", "Connected[quotes, peer:1]", "Disconnected[quotes, after PT0S]",
					"Closed[quotes]");
		assertThat(this.events).allSatisfy((event) -> {
			assertThat(event.name()).isEqualTo("quotes");
			assertThat(((PersistentConnectionEvent) event).connection()).isSameAs(connection);
		});
	}

	@Test
	void tellsWhatAConnectorGaveUpWith() {
		PersistentConnection<FakeConnection> connection = PersistentConnection
			.<String, FakeConnection>builder("quotes", (context, address) -> {
				context.abort(new IllegalStateException("wrong password"));
				return CompletableFuture.failedFuture(new IllegalStateException("refused"));
			})
			.address(() -> CompletableFuture.completedStage("peer:1"))
			.timeSource(this.time)
			.start();
		ConnectionFeed.attach(connection, this.events::add);
		this.time.run();
		assertThat(this.events).last()
			.isInstanceOfSatisfying(PersistentConnectionEvent.Closed.class,
					(closed) -> assertThat(closed.reason()).get()
						.extracting(Throwable::getMessage)
						.isEqualTo("wrong password"));
	}

	@Test
	void closedComesAfterDisconnectedEvenIfAHandlerIsSlow() {
		CompletableFuture<Void> handlerOfConnected = new CompletableFuture<>();
		PersistentConnection<FakeConnection> connection = this.peer.connection("quotes")
			.timeSource(this.time)
			.onEvent((event) -> (event instanceof ConnectionEvent.Connected) ? handlerOfConnected : null)
			.build();
		ConnectionFeed.attach(connection, this.events::add);
		connection.start();
		this.time.run();
		connection.closeAsync();
		this.time.run();
		assertThat(connection.closeFinished()).isDone();
		assertThat(this.events).last().isInstanceOf(PersistentConnectionEvent.Connected.class);
		handlerOfConnected.complete(null);
		this.time.run();
		assertThat(this.events).extracting(Object::toString)
			.endsWith("Connected[quotes, peer:1]", "Disconnected[quotes, after PT0S]", "Closed[quotes]");
	}

	@Test
	void whoComesLateIsToldHowThingsStand() {
		PersistentConnection<FakeConnection> connection = this.peer.connection("quotes").timeSource(this.time).start();
		this.time.run();
		ConnectionFeed.attach(connection, this.events::add);
		this.time.run();
		assertThat(this.events).extracting(Object::toString).containsExactly("Connected[quotes, peer:1]");
	}

	@Test
	void cancellingEndsIt() {
		PersistentConnection<FakeConnection> connection = this.peer.connection("quotes").timeSource(this.time).build();
		Cancellable feed = ConnectionFeed.attach(connection, this.events::add);
		feed.cancel();
		connection.start();
		this.time.run();
		connection.closeAsync();
		this.time.run();
		assertThat(this.events).isEmpty();
	}

}
