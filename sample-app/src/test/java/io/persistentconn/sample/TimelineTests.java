package io.persistentconn.sample;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.event.PersistentConnEvent;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Attempting;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Closed;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Connected;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Disconnected;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.FailedToConnect;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.ObtainedAddress;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.sample.Timeline.Entry;
import io.persistentconn.sample.Timeline.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	private final PersistentConnection<RpcConnection> connection = PersistentConnection
		.<String, RpcConnection>builder("node", (context, address) -> new CompletableFuture<>())
		.address(() -> CompletableFuture.completedFuture("address"))
		.build();

	@Test
	void keepsTheLastTwoHundredEntriesInOrder() {
		Timeline timeline = new Timeline();
		for (int i = 1; i <= 201; i++) {
			timeline.add(i, "node", new TimelineText(Kind.LOST, "text " + i));
		}
		List<Entry> entries = timeline.entries();
		assertThat(entries).hasSize(200);
		assertThat(entries.get(0)).isEqualTo(new Entry(2, 2, "node", Kind.LOST, "text 2"));
		assertThat(entries.get(199)).isEqualTo(new Entry(201, 201, "node", Kind.LOST, "text 201"));
	}

	@Test
	void tellsEventsInWords() {
		assertText(new Attempting(this.connection), Kind.ATTEMPTING, "Connecting");
		assertText(new FailedToConnect(this.connection, 3, new ConnectException("Connection refused"),
				Duration.ofMillis(950)), Kind.FAILED, "Attempt 3 failed, next in 1.0 s: Connection refused");
		assertText(new Connected(this.connection, "address"), Kind.CONNECTED, "Connected");
		assertText(new Disconnected(this.connection, new IllegalStateException(), Duration.ofMillis(59_900)), Kind.LOST,
				"Lost after 59.9 s: java.lang.IllegalStateException");
		assertText(new Disconnected(this.connection, null, Duration.ofSeconds(61)), Kind.LOST,
				"Closed after 1 min 1 s");
		assertText(new Disconnected(this.connection, null, Duration.ofMinutes(150)), Kind.LOST,
				"Closed after 2 h 30 min");
		assertText(new Closed(this.connection, null), Kind.LOST, "Closed for good");
	}

	@Test
	void leavesOutTheAddress() {
		assertThat(TimelineText.of(new ObtainedAddress(this.connection, "address"))).isEmpty();
	}

	private static void assertText(PersistentConnEvent event, Kind kind, String text) {
		assertThat(TimelineText.of(event)).contains(new TimelineText(kind, text));
	}

}
