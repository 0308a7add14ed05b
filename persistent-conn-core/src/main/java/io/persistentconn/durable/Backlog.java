package io.persistentconn.durable;

import java.util.function.Predicate;

/**
 * Says what a reader need not get any more, when it is too slow: asked about all that is
 * buffered for it, in order. What remains completes the attempt, or the subscription,
 * that the reader is in, but for updates; those after it go as a whole. So the reader is
 * never told of a success without its state, nor of a part of what it applies updates to.
 *
 * @param <T> what the reader gets
 */
final class Backlog<T> implements Predicate<T> {

	private final Wording<?, ?, ?, T> wording;

	private boolean ended;

	Backlog(Wording<?, ?, ?, T> wording) {
		this.wording = wording;
	}

	/** Whether to drop it. */
	@Override
	public boolean test(T news) {
		boolean drop = this.ended || this.wording.isUpdate(news);
		this.ended |= this.wording.isEnd(news);
		return drop;
	}

	/** Whether what remains ends with the end of an attempt or a subscription. */
	boolean isComplete() {
		return this.ended;
	}

}
