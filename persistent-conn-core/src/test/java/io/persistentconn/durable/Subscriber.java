package io.persistentconn.durable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.testing.SubscriptionHistory;

/**
 * Reads a durable stream of the {@link World}'s state, and records what it gets.
 */
final class Subscriber {

	final String name;

	final Pipe<StateUpdate<Long, Long, String>> pipe;

	/** What it does for each piece of news before it takes the next. */
	Supplier<CompletionStage<?>> pace = () -> CompletableFuture.completedFuture(null);

	/** What it does while it is told. */
	Runnable onNews = () -> {
	};

	private final SubscriptionHistory<Long> history;

	private long state;

	private boolean closed;

	Subscriber(SubscriptionHistory<Long> history, String name, Pipe<StateUpdate<Long, Long, String>> pipe) {
		this.history = history;
		this.name = name;
		this.pipe = pipe;
	}

	/** With a persistent connection of the world's. */
	static Subscriber of(World world, String name, SubscriptionOptions options) {
		return new Subscriber(world.history, name,
				DurableStateRpc.create(Durable.of(world.connection()), World.BOOK, name, options));
	}

	static Subscriber of(World world, String name) {
		return of(world, name, SubscriptionOptions.resubscribeAfter(World.RETRY));
	}

	Subscriber read() {
		this.pipe.forEach((news) -> {
			take(news);
			this.onNews.run();
			return this.pace.get();
		}).whenComplete((end, failure) -> noteClosed());
		return this;
	}

	void close() {
		noteClosed();
		this.pipe.close();
	}

	private void noteClosed() {
		if (!this.closed) {
			this.closed = true;
			this.history.closed(this.name);
		}
	}

	private void take(StateUpdate<Long, Long, String> news) {
		if (news instanceof StateUpdate.Update<Long, Long, String> update) {
			this.state = World.apply(this.state, update.update());
			this.history.update(this.name, this.state);
		}
		else if (news instanceof StateUpdate.State<Long, Long, String> fresh) {
			this.state = fresh.state();
			this.history.state(this.name, this.state);
		}
		else if (news instanceof StateUpdate.ConnectionSuccess) {
			this.history.success(this.name);
		}
		else if (news instanceof StateUpdate.LostConnection) {
			this.history.lost(this.name);
		}
		else if (news instanceof StateUpdate.FailedToConnect<Long, Long, String> failed) {
			this.history.failed(this.name, failed.error());
		}
		else if (news instanceof StateUpdate.RpcError<Long, Long, String> rejected) {
			this.history.rejected(this.name, rejected.error());
		}
		else {
			this.history.attempting(this.name);
		}
	}

}
