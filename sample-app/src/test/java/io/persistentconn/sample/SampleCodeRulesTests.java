package io.persistentconn.sample;

import io.persistentconn.testing.CodeRules;
import org.junit.jupiter.api.Test;

class SampleCodeRulesTests {

	private static final String ROOT = "io.persistentconn.sample";

	@Test
	void clockAndRandomnessArePassedIn() {
		CodeRules.NO_AMBIENT_CLOCK_OR_RANDOMNESS.check(CodeRules.mainClasses(ROOT));
	}

	@Test
	void testsDoNotSleep() {
		CodeRules.NO_SLEEP.check(CodeRules.testClasses(ROOT));
	}

}
