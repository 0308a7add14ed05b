package io.persistentconn.autoconfigure.rpc;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to tell RPCs apart.
 */
final class DuplicateRpcFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateRpcException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateRpcException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Leave one out, give it another version, or say for which server each is: an Implementation bean by"
						+ " @Qualifier, a service by @RpcService(server).",
				cause);
	}

}
