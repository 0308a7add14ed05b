package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who listen to one call, the outermost first. None of them is in the way of the
 * others. Filled by one thread, before it is used by any.
 */
final class CallListeners {

	private static final Logger logger = LoggerFactory.getLogger(RpcConnection.class);

	private final List<CallListener> listeners = new ArrayList<>(1);

	private final AtomicBoolean ended = new AtomicBoolean();

	void add(CallListener listener) {
		if (listener == null) {
			throw new IllegalStateException("listener: null (expected: CallListener.NONE, at least)");
		}
		this.listeners.add(listener);
	}

	/**
	 * Lets all of them open their scopes.
	 * @return closes the scopes, the innermost first; does not throw
	 */
	CallListener.Scope handling() {
		List<CallListener.Scope> scopes = new ArrayList<>(this.listeners.size());
		try {
			for (CallListener listener : this.listeners) {
				scopes.add(listener.handling());
			}
		}
		catch (Throwable ex) {
			close(scopes);
			throw ex;
		}
		return () -> close(scopes);
	}

	private static void close(List<CallListener.Scope> scopes) {
		for (int i = scopes.size() - 1; i >= 0; i--) {
			try {
				scopes.get(i).close();
			}
			catch (Throwable ex) {
				logger.warn("The scope of an RPC interceptor could not be closed", ex);
			}
		}
	}

	/**
	 * Tells all of them of the end, the innermost first.
	 * @return whether this was the first time; otherwise nobody is told
	 */
	boolean ended(@Nullable Throwable error) {
		if (!this.ended.compareAndSet(false, true)) {
			return false;
		}
		for (int i = this.listeners.size() - 1; i >= 0; i--) {
			try {
				this.listeners.get(i).ended(Optional.ofNullable(error));
			}
			catch (Throwable ex) {
				logger.warn("The listener of an RPC interceptor failed", ex);
			}
		}
		return true;
	}

}
