package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * What is being read. The reader calls {@link #advance} whenever bytes are unread that
 * were not before, and {@link #atEnd} when no more will come; all on the event loop.
 *
 * @param <T> the type of the result
 */
abstract class ReadOperation<T extends @Nullable Object> {

	private final CompletableFuture<T> future = new CompletableFuture<>();

	private @Nullable T result;

	/**
	 * Goes on as far as the unread bytes allow.
	 * @return whether it is over, and the result set
	 * @throws Throwable fails the operation
	 */
	abstract boolean advance(InboundBuffer inbound) throws Throwable;

	/**
	 * Called after {@link #advance} if that did not end it, nor wait for something else,
	 * and no more bytes will come.
	 * @return as {@link #advance}
	 * @throws Throwable fails the operation
	 */
	abstract boolean atEnd(InboundBuffer inbound) throws Throwable;

	/**
	 * Up to how many bytes the reader should hold for it.
	 * @param readerBufferSize how many it would hold for no operation
	 */
	int wanted(int readerBufferSize) {
		return readerBufferSize;
	}

	/** Whether it waits for something other than bytes. */
	boolean isWaiting() {
		return false;
	}

	/** Called when it is over, however it ended, before its future completes. */
	void over() {
	}

	/** Disposes of a result that nobody takes. */
	void dispose(T unwanted) {
	}

	final CompletableFuture<T> future() {
		return this.future;
	}

	/** Whether somebody outside completed or cancelled its future. */
	final boolean isAbandoned() {
		return this.future.isDone();
	}

	final boolean endWith(@Nullable T result) {
		this.result = result;
		return true;
	}

	@SuppressWarnings("NullAway") // T may be Void, whose only value is null
	final void succeed() {
		T value = this.result;
		if (!this.future.complete(value)) {
			dispose(value);
		}
	}

	final void fail(Throwable error) {
		this.future.completeExceptionally(StageErrors.unwrap(error));
	}

}
