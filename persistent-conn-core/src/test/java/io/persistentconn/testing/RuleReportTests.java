package io.persistentconn.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleReportTests {

	@Test
	void rangesAreExpanded() {
		assertThat(RuleReport.expand(List.of("C1-C3", "T14"))).containsExactly("C1", "C2", "C3", "T14");
	}

	@Test
	void aRuleWithoutExecutedTestIsAGap() {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		List<String> gaps = RuleReport.print(List.of("C1\tA.test", "C1\tB.test", "C10\tC.test"),
				List.of("C1", "C2", "C10"), new PrintStream(printed, true, StandardCharsets.UTF_8));
		assertThat(gaps).containsExactly("C2");
		assertThat(printed.toString(StandardCharsets.UTF_8)).containsIgnoringNewLines("C1   A.test, B.test",
				"C2   NO EXECUTED TEST", "C10  C.test");
	}

}
