package io.persistentconn.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.persistentconn.concurrent.PersistentConnException;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CoreCodeRulesTests {

	private static final String ROOT = "io.persistentconn";

	private final JavaClasses classes = CodeRules.mainClasses(ROOT);

	@Test
	void upperPackagesUseLowerOnesNeverTheReverse() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("concurrent")
			.definedBy(ROOT + ".concurrent")
			.layer("binprot")
			.definedBy(ROOT + ".binprot")
			.layer("connection")
			.definedBy(ROOT + ".connection")
			.layer("tcp")
			.definedBy(ROOT + ".tcp")
			.layer("rpc.protocol")
			.definedBy(ROOT + ".rpc.protocol")
			.layer("rpc.transport")
			.definedBy(ROOT + ".rpc.transport")
			.layer("rpc")
			.definedBy(ROOT + ".rpc")
			.layer("rpc.versioned")
			.definedBy(ROOT + ".rpc.versioned")
			.layer("durable")
			.definedBy(ROOT + ".durable")
			.whereLayer("durable")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("rpc.versioned")
			.mayOnlyBeAccessedByLayers("durable")
			.whereLayer("rpc")
			.mayOnlyBeAccessedByLayers("rpc.versioned", "durable")
			.whereLayer("rpc.transport")
			.mayOnlyBeAccessedByLayers("rpc")
			.whereLayer("rpc.protocol")
			.mayOnlyBeAccessedByLayers("rpc", "rpc.versioned")
			.whereLayer("tcp")
			.mayOnlyBeAccessedByLayers("rpc.transport", "rpc", "rpc.versioned")
			.whereLayer("connection")
			.mayOnlyBeAccessedByLayers("tcp", "rpc.versioned", "durable")
			.whereLayer("binprot")
			.mayOnlyBeAccessedByLayers("rpc.protocol", "rpc", "rpc.versioned", "durable")
			.check(this.classes);
	}

	@Test
	void concurrentAndConnectionDoWithoutNetty() {
		noClasses().that()
			.resideInAnyPackage(ROOT + ".concurrent", ROOT + ".connection")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.netty..")
			.check(this.classes);
	}

	@Test
	void binprotStandsOnBuffersAndTheRootOfErrorsAlone() {
		classes().that()
			.resideInAPackage(ROOT + ".binprot")
			.should()
			.onlyDependOnClassesThat(
					resideInAnyPackage("java..", "org.jspecify..", "io.netty.buffer", ROOT + ".binprot")
						.or(type(PersistentConnException.class)))
			.check(this.classes);
	}

	@Test
	void theProtocolStandsOnBinprotAlone() {
		classes().that()
			.resideInAPackage(ROOT + ".rpc.protocol")
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "io.netty.buffer",
					ROOT + ".binprot", ROOT + ".rpc.protocol")
				.or(type(PersistentConnException.class)))
			.check(this.classes);
	}

	@Test
	void coreDoesWithoutSpringAndReactor() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "reactor..")
			.check(this.classes);
	}

	@Test
	void packagesAreFreeOfCycles() {
		CodeRules.noCycles(ROOT).check(this.classes);
	}

	@Test
	void clockAndRandomnessArePassedIn() {
		CodeRules.NO_AMBIENT_CLOCK_OR_RANDOMNESS.check(this.classes);
	}

	@Test
	void testsDoNotSleep() {
		CodeRules.NO_SLEEP.check(CodeRules.testClasses(ROOT));
	}

	@Test
	void randomTestsAreNotBiased() {
		CodeRules.NO_BIASED_SEEDS.check(CodeRules.testClasses(ROOT));
	}

	@Test
	void theSleepRuleFindsASleep() {
		JavaClasses sleeper = new ClassFileImporter().importClasses(java.util.concurrent.TimeUnit.class);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> CodeRules.NO_SLEEP.check(sleeper));
	}

}
