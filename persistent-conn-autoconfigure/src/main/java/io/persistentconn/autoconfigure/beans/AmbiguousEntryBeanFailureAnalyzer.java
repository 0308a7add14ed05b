package io.persistentconn.autoconfigure.beans;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to choose among several beans.
 */
final class AmbiguousEntryBeanFailureAnalyzer extends AbstractFailureAnalyzer<AmbiguousEntryBeanException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AmbiguousEntryBeanException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Give the one that is meant the name as @Qualifier, or mark it as @Primary.", cause);
	}

}
