package io.persistentconn.sample;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

class BrowsersTests {

	private final Browsers browsers = new Browsers();

	@Test
	void areSentASnapshotAndThenAllThatComes() {
		Browser one = new Browser(Long.MAX_VALUE);
		this.browsers.join(() -> "snapshot 1").subscribe(one);
		this.browsers.send("event", "a");
		Browser two = new Browser(Long.MAX_VALUE);
		this.browsers.join(() -> "snapshot 2").subscribe(two);
		this.browsers.send("event", "b");
		assertThat(one.received).containsExactly("snapshot: snapshot 1", "event: a", "event: b");
		assertThat(two.received).containsExactly("snapshot: snapshot 2", "event: b");
	}

	@Test
	void areCutOffWhenTheyDoNotFollowWhichDisturbsNobodyElse() {
		Browser stuck = new Browser(1);
		Browser other = new Browser(Long.MAX_VALUE);
		this.browsers.join(() -> "snapshot").subscribe(stuck);
		this.browsers.join(() -> "snapshot").subscribe(other);
		for (int i = 0; i < 1000; i++) {
			this.browsers.send("event", i);
		}
		assertThat(other.received).hasSize(1001);
		assertThat(other.ended).isFalse();
		stuck.request(Long.MAX_VALUE);
		assertThat(stuck.received).hasSize(257);
		assertThat(stuck.ended).isTrue();
	}

	@Test
	void areLetGoWhenTheApplicationStops() {
		Browser browser = new Browser(Long.MAX_VALUE);
		this.browsers.join(() -> "snapshot").subscribe(browser);
		this.browsers.close();
		assertThat(browser.ended).isTrue();
	}

	@Test
	void mayLeave() {
		Browser browser = new Browser(Long.MAX_VALUE);
		this.browsers.join(() -> "snapshot").subscribe(browser);
		browser.cancel();
		this.browsers.send("event", "a");
		assertThat(browser.received).containsExactly("snapshot: snapshot");
	}

	private static final class Browser extends BaseSubscriber<ServerSentEvent<?>> {

		private final List<String> received = new ArrayList<>();

		private final long requested;

		private boolean ended;

		Browser(long requested) {
			this.requested = requested;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.requested);
		}

		@Override
		protected void hookOnNext(ServerSentEvent<?> message) {
			this.received.add(message.event() + ": " + message.data());
		}

		@Override
		protected void hookOnComplete() {
			this.ended = true;
		}

	}

}
