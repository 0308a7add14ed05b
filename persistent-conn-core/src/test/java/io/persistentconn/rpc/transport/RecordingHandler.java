package io.persistentconn.rpc.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Keeps the messages as text, and how the stream ended.
 */
final class RecordingHandler implements FrameHandler {

	static final String END = "end";

	/** The messages, then {@link #END} each time that was told. */
	final List<String> log = new ArrayList<>();

	/** Completes with the reason, or with {@code null}. */
	final CompletableFuture<Throwable> ended = new CompletableFuture<>();

	private final Function<String, CompletionStage<?>> then;

	private boolean inFrame;

	RecordingHandler() {
		this((message) -> null);
	}

	/** Calls a function with each message after keeping it. */
	RecordingHandler(Function<String, CompletionStage<?>> then) {
		this.then = then;
	}

	@Override
	public CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
		String message = buffer.toString(start, end - start, UTF_8);
		this.log.add(message);
		this.inFrame = true;
		CompletionStage<?> stage;
		try {
			stage = this.then.apply(message);
		}
		finally {
			this.inFrame = false;
		}
		// Valid to the end of the call, whatever the function did.
		if (buffer.refCnt() == 0 || !buffer.toString(start, end - start, UTF_8).equals(message)) {
			this.log.add("The buffer is gone");
		}
		return stage;
	}

	@Override
	public void ended(Throwable reason) {
		if (this.inFrame) {
			throw new AssertionError("The end came within a frame");
		}
		this.log.add(END);
		this.ended.complete(reason);
	}

	/** Why it ended; fails if it has not. */
	Throwable reason() {
		if (!this.ended.isDone()) {
			throw new AssertionError("Has not ended, after " + this.log);
		}
		return this.ended.join();
	}

}
