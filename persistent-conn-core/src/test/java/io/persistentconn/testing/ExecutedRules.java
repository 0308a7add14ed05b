package io.persistentconn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which tests were executed, and passed, for which rule (a tag such as "C4"),
 * for {@link RuleReport} to check. Skipped tests do not count.
 */
public final class ExecutedRules implements TestExecutionListener {

	private final ConcurrentSkipListSet<String> lines = new ConcurrentSkipListSet<>();

	private volatile @Nullable TestPlan plan;

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		this.plan = plan;
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
			String name = test.getSource()
				.filter(MethodSource.class::isInstance)
				.map(MethodSource.class::cast)
				.map((source) -> source.getClassName().replaceAll(".*\\.", "") + "." + source.getMethodName())
				.orElse(test.getDisplayName());
			tags(test).forEach((tag) -> this.lines.add(tag.getName() + "\t" + name));
		}
	}

	/** The tests of a parameterized class do not have the tags of their class. */
	private Stream<TestTag> tags(TestIdentifier test) {
		return Stream
			.iterate(Optional.of(test), Optional::isPresent,
					(descendant) -> Objects.requireNonNull(this.plan).getParent(descendant.orElseThrow()))
			.flatMap((present) -> present.orElseThrow().getTags().stream());
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		String report = System.getProperty("rules.report");
		if (report == null) {
			return;
		}
		try {
			Files.createDirectories(Path.of(report).getParent());
			// One of several plans of this process, perhaps.
			Files.write(Path.of(report), List.copyOf(this.lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			this.lines.clear();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
