package io.persistentconn.autoconfigure.connection;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why the application must not start without its peer.
 */
final class FailFastConnectionFailureAnalyzer extends AbstractFailureAnalyzer<FailFastConnectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FailFastConnectionException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", "Start the peer, or set persistent-conn.connections."
				+ cause.name() + ".fail-fast to false to start without it and keep trying.", cause);
	}

}
