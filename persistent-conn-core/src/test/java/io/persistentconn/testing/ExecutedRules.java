package io.persistentconn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down which tests were executed, and passed, for which rule (a tag such as "C4"),
 * for {@link RuleReport} to check. Skipped tests do not count.
 */
public final class ExecutedRules implements TestExecutionListener {

	private final ConcurrentSkipListSet<String> lines = new ConcurrentSkipListSet<>();

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
			String name = test.getSource()
				.filter(MethodSource.class::isInstance)
				.map(MethodSource.class::cast)
				.map((source) -> source.getClassName().replaceAll(".*\\.", "") + "." + source.getMethodName())
				.orElse(test.getDisplayName());
			for (TestTag tag : test.getTags()) {
				this.lines.add(tag.getName() + "\t" + name);
			}
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		String report = System.getProperty("rules.report");
		if (report == null) {
			return;
		}
		try {
			Files.createDirectories(Path.of(report).getParent());
			Files.write(Path.of(report), List.copyOf(this.lines));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
