package io.persistentconn.autoconfigure.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.persistentconn.concurrent.Pipe;

/**
 * How a method hands over its result.
 */
public enum ResultForm {

	/** One result, as it is, or {@code void}. */
	VALUE,

	/** One result, in a stage. */
	STAGE,

	/** One result, in a {@code Mono}. */
	MONO,

	/** Many, by a {@link Flow.Publisher}. */
	PUBLISHER,

	/** Many, by a {@link Pipe}. */
	PIPE,

	/** Many, by a {@code Flux}. */
	FLUX,

	/** Many, by a {@link Stream}. */
	STREAM;

	static ResultForm of(Class<?> type) {
		if (type == CompletionStage.class || type == CompletableFuture.class) {
			return STAGE;
		}
		if (type == Flow.Publisher.class) {
			return PUBLISHER;
		}
		if (type == Pipe.class) {
			return PIPE;
		}
		if (type == Stream.class) {
			return STREAM;
		}
		return switch (type.getName()) {
			case "reactor.core.publisher.Mono" -> MONO;
			case "reactor.core.publisher.Flux" -> FLUX;
			default -> VALUE;
		};
	}

	/**
	 * Whether the method blocks its caller.
	 * @return whether there is nothing to wait with
	 */
	public boolean isBlocking() {
		return this == VALUE || this == STREAM;
	}

	/**
	 * Whether there are many results.
	 * @return whether this is the form of a pipe
	 */
	public boolean isStream() {
		return compareTo(PUBLISHER) >= 0;
	}

}
