package io.persistentconn.autoconfigure.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All that is done with types of Reactor. Only used for methods that have them, so that
 * it may be missing.
 */
public final class ReactorResults {

	private ReactorResults() {
	}

	/**
	 * Subscribes to a {@code Mono}.
	 * @param mono the {@code Mono}
	 * @return its one element, or {@code null} for none
	 */
	public static CompletionStage<?> toStage(Object mono) {
		return ((Mono<?>) mono).toFuture();
	}

	/**
	 * Turns a {@code Flux} into a publisher of the JDK.
	 * @param flux the {@code Flux}
	 * @return the publisher
	 */
	@SuppressWarnings("unchecked")
	public static Flow.Publisher<Object> toPublisher(Object flux) {
		return JdkFlowAdapter.publisherToFlowPublisher((Flux<Object>) flux);
	}

	/**
	 * Makes a {@code Mono}.
	 * @param call called for each subscriber; cancelled if that cancels
	 * @return the {@code Mono}
	 */
	public static Object mono(Supplier<CompletableFuture<@Nullable Object>> call) {
		return Mono.fromFuture(call);
	}

	/**
	 * Turns a publisher of the JDK into a {@code Flux}.
	 * @param publisher the publisher
	 * @return the {@code Flux}
	 */
	public static Object flux(Flow.Publisher<Object> publisher) {
		return JdkFlowAdapter.flowPublisherToFlux(publisher);
	}

}
