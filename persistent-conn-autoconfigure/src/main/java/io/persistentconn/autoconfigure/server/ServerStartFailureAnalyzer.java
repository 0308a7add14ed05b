package io.persistentconn.autoconfigure.server;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which server could not listen, and where.
 */
final class ServerStartFailureAnalyzer extends AbstractFailureAnalyzer<ServerStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServerStartException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Stop what is in the way, or change the port, address or unix-socket of persistent-conn.servers."
						+ cause.server() + ". With port 0 the operating system chooses one that is free.",
				cause);
	}

}
