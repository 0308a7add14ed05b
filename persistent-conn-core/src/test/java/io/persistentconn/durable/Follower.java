package io.persistentconn.durable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.concurrent.Pipe;

/**
 * Follows the state of a {@link TcpBook}, and remembers what it was told beside updates.
 */
final class Follower {

	final Pipe<StateUpdate<Long, byte[], String>> pipe;

	private final List<String> told = new CopyOnWriteArrayList<>();

	private volatile long state;

	Follower(Pipe<StateUpdate<Long, byte[], String>> pipe) {
		this.pipe = pipe;
	}

	/** Follows at once, on the thread that brings the news. */
	static Follower of(Pipe<StateUpdate<Long, byte[], String>> pipe) {
		Follower follower = new Follower(pipe);
		pipe.forEach(follower::take);
		return follower;
	}

	CompletionStage<?> take(StateUpdate<Long, byte[], String> news) {
		if (news instanceof StateUpdate.Update<Long, byte[], String> change) {
			this.state = TcpBook.apply(this.state, change.update());
			return CompletableFuture.completedFuture(null);
		}
		if (news instanceof StateUpdate.State<Long, byte[], String> now) {
			this.state = now.state();
		}
		this.told.add(news.getClass().getSimpleName());
		return CompletableFuture.completedFuture(null);
	}

	long state() {
		return this.state;
	}

	/** What it was told, but for updates, attempts and their failures. */
	List<String> told() {
		return this.told.stream()
			.filter((what) -> !what.equals("AttemptingNewConnection") && !what.equals("FailedToConnect"))
			.toList();
	}

}
