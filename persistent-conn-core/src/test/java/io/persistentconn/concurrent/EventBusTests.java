package io.persistentconn.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C10")
class EventBusTests {

	private final VirtualTimeSource owner = new VirtualTimeSource();

	private final EventBus<String> bus = new EventBus<>(this.owner);

	private final List<String> log = new ArrayList<>();

	@Test
	void listenersAreToldOfEventsInOrder() {
		listen("one");
		listen("two");
		publish("a");
		publish("b");
		assertThat(this.log).containsExactly("one a", "two a", "one b", "two b");
	}

	@Test
	void aLateListenerReceivesTheLastEventFirst() {
		publish("a");
		publish("b");
		listen("late");
		assertThat(this.log).containsExactly("late b");
		publish("c");
		assertThat(this.log).containsExactly("late b", "late c");
	}

	@Test
	void anEarlyListenerReceivesNothingAtFirst() {
		listen("early");
		assertThat(this.log).isEmpty();
	}

	@Test
	void aListenerThatThrowsDisturbsNobody() {
		publish("a");
		this.bus.addListener((event) -> {
			this.log.add("bad " + event);
			throw new IllegalStateException("expected by the test");
		});
		this.owner.run();
		listen("good");
		publish("b");
		publish("c");
		assertThat(this.log).containsExactly("bad a", "good a", "bad b", "good b", "bad c", "good c");
	}

	@Test
	void aListenerMayBeCancelledWhenTheOwnerHasEnded() {
		AtomicBoolean ended = new AtomicBoolean();
		EventBus<String> orphaned = new EventBus<>((task) -> {
			if (ended.get()) {
				throw new RejectedExecutionException("expected by the test");
			}
			task.run();
		});
		Cancellable listener = orphaned.addListener(this.log::add);
		orphaned.publish("a");
		ended.set(true);
		listener.cancel();
		orphaned.publish("b");
		assertThat(this.log).containsExactly("a");
	}

	@Test
	void aCancelledListenerHearsNoMore() {
		Cancellable one = listen("one");
		listen("two");
		publish("a");
		one.cancel();
		one.cancel();
		publish("b");
		assertThat(this.log).containsExactly("one a", "two a", "two b");
	}

	@Test
	void aListenerCancelledBeforeTheOwnerAddedItHearsNothing() {
		publish("a");
		this.bus.addListener((event) -> this.log.add("never " + event)).cancel();
		publish("b");
		this.owner.run();
		publish("c");
		assertThat(this.log).isEmpty();
	}

	@Test
	void aListenerMayCancelAnotherInTheMidstOfAnEvent() {
		List<Cancellable> other = new ArrayList<>();
		this.bus.addListener((event) -> other.forEach(Cancellable::cancel));
		this.owner.run();
		other.add(listen("other"));
		publish("a");
		assertThat(this.log).isEmpty();
	}

	@Test
	void aListenerAddedInTheMidstOfAnEventHearsItOnce() {
		this.bus.addListener((event) -> {
			if (event.equals("a")) {
				this.bus.addListener((late) -> this.log.add("late " + late));
			}
		});
		this.owner.run();
		publish("a");
		publish("b");
		assertThat(this.log).containsExactly("late a", "late b");
	}

	@Test
	void listenersAreCalledByTheOwner() {
		publish("a");
		this.bus.addListener((event) -> this.log.add("in owner: " + this.owner.inOwner()));
		assertThat(this.log).isEmpty();
		this.owner.run();
		publish("b");
		assertThat(this.log).containsExactly("in owner: true", "in owner: true");
	}

	private Cancellable listen(String name) {
		Cancellable listener = this.bus.addListener((event) -> this.log.add(name + " " + event));
		this.owner.run();
		return listener;
	}

	private void publish(String event) {
		this.owner.execute(() -> this.bus.publish(event));
		this.owner.run();
	}

}
