package io.persistentconn.rpc;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/**
 * One query of the peer, while it is answered. Used on the owner of the connection, by
 * which it may have been forgotten: then answers go nowhere.
 */
final class ServedQuery {

	private final ServedCalls calls;

	private final Implementations.Entry entry;

	private final long id;

	private final RpcContext context;

	ServedQuery(ServedCalls calls, Implementations.Entry entry, long id, RpcContext context) {
		this.calls = calls;
		this.entry = entry;
		this.id = id;
		this.context = context;
	}

	ServedCalls calls() {
		return this.calls;
	}

	Session session() {
		return this.calls.session();
	}

	Implementations.Entry entry() {
		return this.entry;
	}

	long id() {
		return this.id;
	}

	RpcContext context() {
		return this.context;
	}

	/** Reads all of the data; if that is not possible, says so to the caller. */
	<Q> @Nullable Q decode(BinCodec<Q> codec, BinReader data) {
		try {
			Q query = codec.read(data);
			data.expectEnd();
			return query;
		}
		catch (RuntimeException ex) {
			undecodable(ex);
			return null;
		}
	}

	/** The data cannot be read. */
	void undecodable(RuntimeException error) {
		error(RpcErrors.undecodable(this.entry.implementation().computation().query(), error));
	}

	/** Answers now. */
	<R> void answer(BinCodec<R> codec, R value) {
		Session session = session();
		RpcError unsent = session.send((out) -> {
			session.writer().okResponse(out, this.id, this.entry.rank());
			MessageWriter.payload(out, codec, value);
		});
		if (unsent != null) {
			unsent(unsent);
		}
	}

	/** Answers when a stage has completed, on whichever thread. */
	<R> void answer(BinCodec<R> codec, CompletionStage<? extends R> stage) {
		this.calls.begin();
		stage.whenComplete((value, failure) -> session().onOwner(() -> {
			if (failure == null) {
				answer(codec, value);
			}
			else {
				failed(failure);
			}
			this.calls.end();
		}));
	}

	/** The handler failed. */
	void failed(Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof NotAuthorizedException refusal) {
			error(RpcErrors.notAuthorized(refusal));
			return;
		}
		error(RpcErrors.uncaught(this.entry.implementation().computation().location(), cause));
		this.calls.handlerFailed(this.entry, cause);
	}

	/** What a stage failed with, without what says only that it was a stage. */
	static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	void error(RpcError error) {
		RpcError unsent = send(error);
		if (unsent != null) {
			unsent(unsent);
		}
	}

	/**
	 * An answer could not be sent, of which the caller must hear, or it waits forever.
	 */
	void unsent(RpcError error) {
		send((error instanceof RpcError.WriteError) ? error : new RpcError.WriteError(error.toSexp()));
	}

	private @Nullable RpcError send(RpcError error) {
		return session().send((out) -> session().writer().errorResponse(out, this.id, this.entry.rank(), error));
	}

}
