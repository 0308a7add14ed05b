package io.persistentconn.autoconfigure;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.persistentconn.testing.CodeRules;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

class AutoconfigureCodeRulesTests {

	private static final String ROOT = "io.persistentconn.autoconfigure";

	private final JavaClasses classes = CodeRules.mainClasses(ROOT);

	@Test
	void packagesAreFreeOfCycles() {
		CodeRules.noCycles(ROOT).check(this.classes);
	}

	@Test
	void nothingBelowDependsOnTheAutoConfigurations() {
		noClasses().that()
			.resideInAPackage(ROOT + ".*..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT)
			.check(this.classes);
	}

	@Test
	void connectionsAndServersDoNotKnowOfEachOther() {
		noClasses().that()
			.resideInAPackage(ROOT + ".connection..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".server..")
			.check(this.classes);
		noClasses().that()
			.resideInAPackage(ROOT + ".server..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".connection..")
			.check(this.classes);
	}

	@Test
	void thereIsNoStaticStateForContextsToShare() {
		noFields().that().areStatic().should().notBeFinal().check(this.classes);
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

}
