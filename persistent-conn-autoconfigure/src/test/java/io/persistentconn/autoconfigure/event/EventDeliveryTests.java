package io.persistentconn.autoconfigure.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.persistentconn.autoconfigure.testing.FakePeer;
import io.persistentconn.connection.PersistentConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EventDeliveryTests {

	private final PersistentConnection<?> quotes = new FakePeer().connection("quotes").build();

	private final PersistentConnection<?> orders = new FakePeer().connection("orders").build();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final List<String> delivered = new ArrayList<>();

	private final EventDelivery delivery = new EventDelivery(this.tasks::add,
			(event) -> this.delivered.add(describe(event)));

	@Test
	void oneTaskDeliversEverythingInTheOrderInWhichItHappened() {
		add(this.quotes, 1);
		add(this.orders, 1);
		add(this.quotes, 2);
		assertThat(this.tasks).hasSize(1);
		assertThat(this.delivered).isEmpty();
		this.tasks.remove().run();
		assertThat(this.delivered).containsExactly("quotes 1", "orders 1", "quotes 2");
		add(this.quotes, 3);
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.delivered).endsWith("quotes 3");
	}

	@Test
	void whatHappensWhileAListenerIsAtWorkIsDeliveredAfterIt() {
		EventDelivery reentrant = new EventDelivery(this.tasks::add, (event) -> {
			if (this.delivered.isEmpty()) {
				add(this.orders, 7);
			}
			this.delivered.add(describe(event));
		});
		reentrant.add(event(this.quotes, 1));
		this.tasks.remove().run();
		assertThat(this.delivered).containsExactly("quotes 1");
		this.tasks.remove().run();
		assertThat(this.delivered).containsExactly("quotes 1", "orders 7");
	}

	@Test
	void ofEachSourceTheOldestAreDroppedWhenTooManyWait(CapturedOutput output) {
		add(this.orders, 1);
		for (int i = 1; i <= EventDelivery.MOST_PENDING + 3; i++) {
			add(this.quotes, i);
		}
		add(this.orders, 2);
		this.tasks.remove().run();
		List<String> ofQuotes = this.delivered.stream().filter((event) -> event.startsWith("quotes")).toList();
		assertThat(ofQuotes).hasSize(EventDelivery.MOST_PENDING)
			.startsWith("quotes 4")
			.endsWith("quotes " + (EventDelivery.MOST_PENDING + 3));
		assertThat(this.delivered).startsWith("orders 1", "quotes 4").endsWith("orders 2");
		assertThat(output).containsOnlyOnce("the oldest events of quotes are dropped")
			.contains("3 event(s) were dropped");
	}

	@Test
	void aListenerThatThrowsDisturbsNobody(CapturedOutput output) {
		EventDelivery failing = new EventDelivery(this.tasks::add, (event) -> {
			this.delivered.add(describe(event));
			throw new IllegalStateException("listener is broken");
		});
		failing.add(event(this.quotes, 1));
		failing.add(event(this.quotes, 2));
		this.tasks.remove().run();
		assertThat(this.delivered).containsExactly("quotes 1", "quotes 2");
		assertThat(output).contains("listener is broken");
	}

	@Test
	void tellsWhenEverythingIsDelivered() {
		assertThat(this.delivery.idle()).isDone();
		add(this.quotes, 1);
		CompletableFuture<Void> idle = this.delivery.idle();
		assertThat(idle).isNotDone();
		this.tasks.remove().run();
		assertThat(idle).isDone();
	}

	@Test
	void anExecutorThatHasEndedEndsDelivery() {
		EventDelivery ended = new EventDelivery((task) -> {
			throw new RejectedExecutionException("ended");
		}, (event) -> this.delivered.add(describe(event)));
		ended.add(event(this.quotes, 1));
		assertThat(ended.idle()).isDone();
		assertThat(this.delivered).isEmpty();
	}

	private void add(PersistentConnection<?> source, int number) {
		this.delivery.add(event(source, number));
	}

	private static PersistentConnEvent event(PersistentConnection<?> source, int number) {
		return new PersistentConnectionEvent.ObtainedAddress(source, number);
	}

	private static String describe(PersistentConnEvent event) {
		return event.name() + " " + ((PersistentConnectionEvent.ObtainedAddress) event).address();
	}

}
