package io.persistentconn.autoconfigure.server;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to give a server its handler.
 */
final class NoTcpHandlerFailureAnalyzer extends AbstractFailureAnalyzer<NoTcpHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoTcpHandlerException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", "Define a bean of type TcpHandler with @Qualifier(\""
				+ cause.server() + "\"), or remove persistent-conn.servers." + cause.server() + ".", cause);
	}

}
