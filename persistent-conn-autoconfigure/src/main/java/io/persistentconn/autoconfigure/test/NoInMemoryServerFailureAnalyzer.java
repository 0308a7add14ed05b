package io.persistentconn.autoconfigure.test;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how a test defines the server that a connection needs.
 */
final class NoInMemoryServerFailureAnalyzer extends AbstractFailureAnalyzer<NoInMemoryServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoInMemoryServerException cause) {
		String name = cause.connection();
		return new FailureAnalysis(cause.getMessage() + ".",
				"Let the test define it: with the property persistent-conn.servers." + name
						+ ".port=0, the protocol of the connection, and beans for what it serves. If the test does not"
						+ " need the connection, set persistent-conn.connections." + name + ".auto-start=false.",
				cause);
	}

}
