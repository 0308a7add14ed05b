package io.persistentconn.tcp;

import java.util.concurrent.CompletionStage;

/**
 * What a {@link ChunkHandler} wants next.
 */
public sealed interface ChunkResult {

	/**
	 * Goes on, with the next call as soon as more bytes came. Reading goes on even if the
	 * reader's buffer is full of unconsumed bytes: a handler that waits for the rest of
	 * something must bound how much it waits for.
	 * @return the wish, always the same object
	 */
	static ChunkResult more() {
		return More.MORE;
	}

	/**
	 * Goes on after a stage completed. Until then the reader receives no more than its
	 * buffer holds, which is how the peer is slowed down.
	 * @param stage if it fails, the loop ends and its future fails with the same error
	 * @return the wish
	 */
	static ChunkResult moreAfter(CompletionStage<?> stage) {
		return new MoreAfter(stage);
	}

	/**
	 * Ends the loop; what was not consumed is there for the next operation.
	 * @return the wish, always the same object
	 */
	static ChunkResult stop() {
		return Stop.STOP;
	}

	/** The result of {@link ChunkResult#more()}. */
	enum More implements ChunkResult {

		/** The only one. */
		MORE

	}

	/** The result of {@link ChunkResult#stop()}. */
	enum Stop implements ChunkResult {

		/** The only one. */
		STOP

	}

	/**
	 * The result of {@link ChunkResult#moreAfter}.
	 *
	 * @param stage when to go on
	 */
	record MoreAfter(CompletionStage<?> stage) implements ChunkResult {
	}

}
