package io.persistentconn.autoconfigure.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.PersistentConnectionBuilder;
import io.persistentconn.connection.RetryDelay;
import org.jspecify.annotations.Nullable;

/**
 * What persistent connections connect to in tests that need no socket: lets in or refuses
 * as told. Retries come exactly ten seconds after the attempt before.
 */
public final class FakePeer {

	private final List<FakeConnection> accepted = new CopyOnWriteArrayList<>();

	private volatile @Nullable Throwable refusal;

	/** Begins to build a persistent connection to this peer. */
	public PersistentConnectionBuilder<String, FakeConnection> connection(String name) {
		return PersistentConnection.<String, FakeConnection>builder(name, (context, address) -> connect())
			.address(() -> CompletableFuture.completedStage("peer:1"))
			.retryDelay(RetryDelay.constant(PersistentConnection.DEFAULT_RETRY_DELAY).jittered(0));
	}

	/** Lets nobody in from now on. */
	public FakePeer refuse(Throwable refusal) {
		this.refusal = refusal;
		return this;
	}

	/** Lets everybody in from now on. */
	public FakePeer accept() {
		this.refusal = null;
		return this;
	}

	/** The connection that was let in last. */
	public FakeConnection last() {
		return this.accepted.get(this.accepted.size() - 1);
	}

	private CompletableFuture<FakeConnection> connect() {
		Throwable refusal = this.refusal;
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		FakeConnection connection = new FakeConnection();
		this.accepted.add(connection);
		return CompletableFuture.completedFuture(connection);
	}

}
