package io.persistentconn.testing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Rules that the code of every module keeps.
 */
public final class CodeRules {

	/**
	 * No test waits by the clock of the machine: it would be slow here and flaky there.
	 */
	public static final ArchRule NO_SLEEP = noClasses().should()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod(Thread.class, "sleep", long.class, int.class)
		.orShould()
		.callMethod(TimeUnit.class, "sleep", long.class);

	/**
	 * A {@link Random} begins alike for all small seeds: the first {@code nextBoolean()}
	 * is true for each of the first 4,096. A {@link java.util.SplittableRandom} does not.
	 */
	public static final ArchRule NO_BIASED_SEEDS = noClasses().should()
		.callConstructor(Random.class)
		.orShould()
		.callConstructor(Random.class, long.class);

	/** Clock and randomness are passed in. */
	public static final ArchRule NO_AMBIENT_CLOCK_OR_RANDOMNESS = noClasses().that()
		.haveNameNotMatching(".*TimeSource")
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(LocalDateTime.class, "now")
		.orShould()
		.callConstructor(Random.class)
		.orShould()
		.callMethod(ThreadLocalRandom.class, "current")
		.orShould()
		.callMethod(Math.class, "random");

	private CodeRules() {
	}

	/** No package below {@code root} depends, through others, on itself. */
	public static ArchRule noCycles(String root) {
		return slices().matching(root + ".(**)").should().beFreeOfCycles();
	}

	public static JavaClasses mainClasses(String root) {
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPackages(root);
	}

	public static JavaClasses testClasses(String root) {
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPackages(root);
	}

}
