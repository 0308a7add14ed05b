package io.persistentconn.autoconfigure.contract;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what an annotated class or method must be like.
 */
final class RpcContractFailureAnalyzer extends AbstractFailureAnalyzer<RpcContractException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RpcContractException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.expected() + ".", cause);
	}

}
