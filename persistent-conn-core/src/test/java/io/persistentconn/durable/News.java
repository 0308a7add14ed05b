package io.persistentconn.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.persistentconn.concurrent.Pipe;

/**
 * What a stream carried, in words.
 */
final class News {

	private News() {
	}

	/** All that is there now. */
	static <T> List<String> of(Pipe<T> pipe) {
		List<String> news = new ArrayList<>();
		for (Optional<T> next = pipe.tryRead(); next.isPresent(); next = pipe.tryRead()) {
			news.add(word(next.get()));
		}
		return news;
	}

	static String word(Object news) {
		if (news instanceof StateUpdate<?, ?, ?> update) {
			return word(update);
		}
		PipeUpdate<?, ?> update = (PipeUpdate<?, ?>) news;
		if (update instanceof PipeUpdate.ConnectionSuccess<?, ?> success) {
			return "success " + success.metadata().number();
		}
		if (update instanceof PipeUpdate.Update<?, ?> changed) {
			return "update " + changed.update();
		}
		if (update instanceof PipeUpdate.FailedToConnect<?, ?> failed) {
			return "failed: " + failed.error().getMessage();
		}
		if (update instanceof PipeUpdate.RpcError<?, ?> rejected) {
			return "rejected: " + rejected.error();
		}
		return (update instanceof PipeUpdate.LostConnection) ? "lost" : "attempting";
	}

	private static String word(StateUpdate<?, ?, ?> update) {
		if (update instanceof StateUpdate.ConnectionSuccess<?, ?, ?> success) {
			return "success " + success.metadata().number();
		}
		if (update instanceof StateUpdate.State<?, ?, ?> state) {
			return "state " + state.state();
		}
		if (update instanceof StateUpdate.Update<?, ?, ?> changed) {
			return "update " + changed.update();
		}
		if (update instanceof StateUpdate.FailedToConnect<?, ?, ?> failed) {
			return "failed: " + failed.error().getMessage();
		}
		if (update instanceof StateUpdate.RpcError<?, ?, ?> rejected) {
			return "rejected: " + rejected.error();
		}
		return (update instanceof StateUpdate.LostConnection) ? "lost" : "attempting";
	}

}
