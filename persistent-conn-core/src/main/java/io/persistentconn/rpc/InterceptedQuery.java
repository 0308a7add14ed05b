package io.persistentconn.rpc;

import io.persistentconn.binprot.BinReader;
import org.jspecify.annotations.Nullable;

/**
 * A query that interceptors see.
 */
final class InterceptedQuery extends ServedQuery {

	private final CallListeners listeners = new CallListeners();

	/** The handler is being called. */
	private boolean handling;

	/** The call ended meanwhile. */
	private boolean endedEarly;

	private @Nullable Throwable earlyError;

	InterceptedQuery(ServedCalls calls, Implementations.Entry entry, long id, RpcContext context) {
		super(calls, entry, id, context);
	}

	@Override
	void serve(BinReader data) throws Throwable {
		session().interception()
			.serving(new IncomingCall(session().connection(), entry().implementation().id(),
					entry().implementation().computation().kind(), context().metadata()), this.listeners);
		CallListener.Scope scope = this.listeners.handling();
		this.handling = true;
		try {
			super.serve(data);
		}
		finally {
			scope.close();
			this.handling = false;
			if (this.endedEarly) {
				this.listeners.ended(this.earlyError);
			}
		}
	}

	/** Whoever has opened a scope closes it before hearing of the end. */
	@Override
	void ended(@Nullable Throwable error) {
		if (!this.handling) {
			this.listeners.ended(error);
		}
		else if (!this.endedEarly) {
			this.endedEarly = true;
			this.earlyError = error;
		}
	}

}
