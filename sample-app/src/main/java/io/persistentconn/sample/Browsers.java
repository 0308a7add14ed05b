package io.persistentconn.sample;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.Many;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;

/**
 * The browsers that look at the page. Each has a queue of its own; who lets it run full
 * is cut off, comes back, and begins with a new snapshot.
 */
@Component
class Browsers {

	private static final int QUEUE = 256;

	/** How soon a browser comes back that was cut off. */
	private static final Duration RECONNECT_TIME = Duration.ofSeconds(1);

	private final List<Many<ServerSentEvent<?>>> browsers = new CopyOnWriteArrayList<>();

	/**
	 * Adds a browser.
	 * @param snapshot what it is sent first. Taken together with joining, so that no
	 * later message is missed
	 */
	synchronized Flux<ServerSentEvent<?>> join(Supplier<?> snapshot) {
		Many<ServerSentEvent<?>> browser = Sinks.many()
			.unicast()
			.onBackpressureBuffer(new ArrayBlockingQueue<>(QUEUE), () -> {
			});
		browser.tryEmitNext(ServerSentEvent.builder(snapshot.get()).event("snapshot").retry(RECONNECT_TIME).build());
		this.browsers.add(browser);
		return browser.asFlux().doFinally((end) -> this.browsers.remove(browser));
	}

	/** Sends a message to all. Does not block. */
	synchronized void send(String type, Object data) {
		ServerSentEvent<?> message = ServerSentEvent.builder(data).event(type).build();
		List<Many<ServerSentEvent<?>>> lagging = this.browsers.stream()
			.filter((browser) -> browser.tryEmitNext(message).isFailure())
			.toList();
		lagging.forEach(Many::tryEmitComplete);
		this.browsers.removeAll(lagging);
	}

	/** Else the web server would wait for the browsers to leave by themselves. */
	@EventListener(ContextClosedEvent.class)
	synchronized void close() {
		this.browsers.forEach(Many::tryEmitComplete);
		this.browsers.clear();
	}

}
