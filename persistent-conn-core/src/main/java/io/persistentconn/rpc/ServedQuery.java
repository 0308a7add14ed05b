package io.persistentconn.rpc;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/**
 * One query of the peer, while it is answered. Used on the owner of the connection, by
 * which it may have been forgotten: then answers go nowhere.
 */
sealed class ServedQuery permits InterceptedQuery {

	private final ServedCalls calls;

	private final Implementations.Entry entry;

	private final long id;

	private final RpcContext context;

	/** Whatever stages a handler may give: each query is answered once. */
	private boolean answered;

	ServedQuery(ServedCalls calls, Implementations.Entry entry, long id, RpcContext context) {
		this.calls = calls;
		this.entry = entry;
		this.id = id;
		this.context = context;
	}

	final ServedCalls calls() {
		return this.calls;
	}

	final Session session() {
		return this.calls.session();
	}

	final Implementations.Entry entry() {
		return this.entry;
	}

	final long id() {
		return this.id;
	}

	final RpcContext context() {
		return this.context;
	}

	/** Lets the implementation serve this. Throws what the handler throws. */
	void serve(BinReader data) throws Throwable {
		this.entry.implementation().service().serve(this, data);
	}

	/** The handler has done its part, or failed to. May be called again. */
	void ended(@Nullable Throwable error) {
	}

	/** Reads all of the data; if that is not possible, says so to the caller. */
	final <Q> @Nullable Q decode(BinCodec<Q> codec, BinReader data) {
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
	final void undecodable(RuntimeException error) {
		error(RpcErrors.undecodable(this.entry.implementation().computation().query(), error));
		ended(error);
	}

	/** Answers now. */
	final <R> void answer(BinCodec<R> codec, R value) {
		Session session = session();
		RpcError unsent = session.send((out) -> {
			session.writer().okResponse(out, this.id, this.entry.rank());
			MessageWriter.payload(out, codec, value);
		});
		if (unsent != null) {
			unsent(unsent);
		}
		else {
			ended(null);
		}
	}

	/** Answers when a stage has completed, on whichever thread. */
	final <R> void answer(BinCodec<R> codec, CompletionStage<? extends R> stage) {
		await(stage, (value) -> answer(codec, value));
	}

	/** Ends without an answer when a stage has completed, on whichever thread. */
	final void endAfter(CompletionStage<?> stage) {
		await(stage, (ignored) -> ended(null));
	}

	private <R> void await(CompletionStage<R> stage, Consumer<? super R> onValue) {
		if (stage == null) {
			throw new NullPointerException("stage of the answer: null (expected: a stage)");
		}
		this.calls.begin();
		stage.whenComplete((value, failure) -> session().onOwner(() -> {
			if (this.answered) {
				return;
			}
			this.answered = true;
			if (failure == null) {
				onValue.accept(value);
			}
			else {
				failed(failure);
			}
			this.calls.end();
		}));
	}

	/** The handler failed. */
	final void failed(Throwable failure) {
		Throwable cause = cause(failure);
		Computation computation = this.entry.implementation().computation();
		if (computation == Computation.ONE_WAY_RPC) {
			// There is nobody to tell, as the caller waits for nothing.
			this.calls.handlerFailed(this.entry, cause);
		}
		else if (cause instanceof NotAuthorizedException refusal) {
			error(RpcErrors.notAuthorized(refusal));
		}
		else {
			error(RpcErrors.uncaught(computation.location(), cause));
			this.calls.handlerFailed(this.entry, cause);
		}
		ended(cause);
	}

	/** What a stage failed with, without what says only that it was a stage. */
	static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private void error(RpcError error) {
		RpcError unsent = send(error);
		if (unsent != null) {
			unsent(unsent);
		}
	}

	/**
	 * An answer could not be sent, of which the caller must hear, or it waits forever.
	 */
	final void unsent(RpcError error) {
		send((error instanceof RpcError.WriteError) ? error : new RpcError.WriteError(error.toSexp()));
		ended(new RpcException(this.entry.implementation().id().toString(), error, null));
	}

	private @Nullable RpcError send(RpcError error) {
		return session().send((out) -> session().writer().errorResponse(out, this.id, this.entry.rank(), error));
	}

}
