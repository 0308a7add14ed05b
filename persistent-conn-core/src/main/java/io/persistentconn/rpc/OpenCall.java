package io.persistentconn.rpc;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A call of this side, and the future of it in one object. Its methods, but for those of
 * a future, are used by {@link OpenCalls} on the owner only; each call ends once, by
 * {@link #failed} or when one of the others says so.
 * <p>
 * Anybody may complete the future, at any time. The listeners, if there are any, hear of
 * that first, and of one completion only.
 *
 * @param <T> what the future gives
 */
abstract class OpenCall<T> extends CompletableFuture<T> {

	private @Nullable QueryMetadata metadata;

	private @Nullable CallListeners listeners;

	private CallTimeouts.@Nullable Deadline deadline;

	private long id;

	OpenCall(@Nullable QueryMetadata metadata) {
		this.metadata = metadata;
	}

	@Override
	public final <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	@Override
	public final boolean complete(T value) {
		return tellListeners(null) && super.complete(value);
	}

	@Override
	public final boolean completeExceptionally(Throwable error) {
		return tellListeners(error) && super.completeExceptionally(error);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return tellListeners(new CancellationException()) ? super.cancel(mayInterruptIfRunning) : isCancelled();
	}

	/** False if another thread told them, which is about to complete the future. */
	private boolean tellListeners(@Nullable Throwable error) {
		CallListeners told = this.listeners;
		return told == null || told.ended(error);
	}

	/** Interceptors see the call: those are told of its end. Called before it is sent. */
	final void intercepted(CallListeners all) {
		this.listeners = all;
	}

	final @Nullable QueryMetadata metadata() {
		return this.metadata;
	}

	/** Called before the call is sent. */
	final void replaceMetadata(@Nullable QueryMetadata replacement) {
		this.metadata = replacement;
	}

	final long id() {
		return this.id;
	}

	/** Is about to be sent under an id. */
	final void begin(long chosen) {
		this.id = chosen;
	}

	final CallTimeouts.@Nullable Deadline deadline() {
		return this.deadline;
	}

	/** Has to be answered in time, or has been. */
	final void deadline(CallTimeouts.@Nullable Deadline changed) {
		this.deadline = changed;
	}

	abstract RpcId rpc();

	abstract RpcKind kind();

	/** Appends the query. May be called once. */
	abstract void encode(OpenCalls calls, ByteBuf out);

	/** Whether there is anything to wait for when the query was sent. */
	boolean expectsResponse() {
		return true;
	}

	/** The query was sent, and no response is expected. */
	void sent() {
	}

	/**
	 * A response came.
	 * @param data limited to the payload
	 * @return whether it was the last one, so that the id can be forgotten
	 */
	abstract boolean response(BinReader data);

	/**
	 * The peer reported an error.
	 * @return whether that is the end, so that the id can be forgotten
	 */
	abstract boolean error(RpcError error);

	/** There will be no response. */
	abstract void failed(RpcError error, @Nullable Throwable cause);

}
