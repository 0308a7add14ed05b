package io.persistentconn.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does what the tutorial of the README says, as it says it. Only ports are others, and
 * "java" is that of this test. The README's reader adds imports and the application's
 * class.
 */
class TutorialTests {

	private static final Pattern PORT = Pattern.compile("(?<=:|: |port=)\\d{4}\\b");

	/** Which port Boot serves HTTP on is not written in the configuration. */
	private static final String HTTP_PORT = "8080";

	private static final String SECOND_HTTP_PORT = "8081";

	private static final String ESTABLISHED = "AttemptingNewConnection (FailedToConnect AttemptingNewConnection )*"
			+ "ConnectionSuccess ";

	private static final String UPDATES = "(Update ){2,}";

	private static final List<String> CONNECTIONS = List.of("echo", "ticks");

	private static final JsonMapper JSON = new JsonMapper();

	private FreePorts ports;

	private Readme tutorial;

	private NewcomersProject project;

	@BeforeEach
	void begin(@TempDir Path directory) throws IOException {
		Readme section = Readme.read().section("Five minutes to a connection that survives");
		this.ports = new FreePorts(section.matches(PORT));
		this.tutorial = section.changed(this.ports::replaceIn);
		this.project = new NewcomersProject(directory);
	}

	@Test
	void theDependencyIsThisModule() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		assertThat(this.tutorial.blocks("xml")).hasSize(1);
		String dependency = this.tutorial.blocks("xml").get(0).text();
		assertThat(element(dependency, "groupId")).isEqualTo(element(pom, "groupId"));
		assertThat(element(dependency, "version")).isEqualTo(element(pom, "version"));
		assertThat(element(dependency, "artifactId")).isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
		assertThat(pom).contains("<artifactId>" + element(dependency, "artifactId") + "</artifactId>");
	}

	@Test
	void theConnectionOfStepsOneToFourIsUp() throws Exception {
		this.project.configure(yaml().get(0));
		this.project.addBeans(java().get(0));
		build();
		try (Terminal application = run(runs().get(0))) {
			application.awaitLine("hello"::equals);
			JsonNode expected = json("{" + this.tutorial.blocks("json").get(0).text() + "}");
			JsonNode actual = json(curl(curls().get(0))).get("components");
			assertThat(comparable(actual.get("persistentConn"))).isEqualTo(comparable(expected.get("persistentConn")));
		}
	}

	@Test
	void theSubscriptionOfStepFiveRecovers() throws Exception {
		for (CodeBlock yaml : yaml()) {
			this.project.configure(yaml);
		}
		this.project.addBeans(java().get(0));
		this.project.addClass("Ticks", java().get(1));
		build();
		try (Terminal second = run(runs().get(1))) {
			int before;
			try (Terminal first = run(runs().get(0))) {
				first.awaitLine("hello"::equals);
				second.awaitLine("hello"::equals);
				first.awaitLines((lines) -> told(lines).matches(ESTABLISHED + UPDATES));
				second.awaitLines((lines) -> told(lines).matches(ESTABLISHED + UPDATES));
				before = second.lines().size();
			}
			awaitLogged(second, before, 2);
			try (Terminal first = run(runs().get(0))) {
				first.awaitLine("hello"::equals);
				second.awaitLines((lines) -> told(lines)
					.matches(ESTABLISHED + UPDATES + "LostConnection " + ESTABLISHED + UPDATES));
				awaitLogged(second, before, 3);
				oneOutageIsLogged(second.lines().subList(before, second.lines().size()));
				assertThat(healthOfSecond()
					.at("/components/persistentConn/components/connections/components/echo/details/state")
					.asString()).isEqualTo("CONNECTED");
			}
		}
	}

	private static void oneOutageIsLogged(List<String> lines) {
		assertThat(CONNECTIONS).allSatisfy((name) -> assertThat(logged(lines, name)).satisfiesExactly(
				(line) -> assertThat(line).contains("lost the connection to"),
				(line) -> assertThat(line).contains("cannot connect to"),
				(line) -> assertThat(line).containsPattern("connected to .* after")));
		assertThat(logged(lines, "Subscription ticks")).satisfiesExactly(
				(line) -> assertThat(line).contains("lost after"),
				(line) -> assertThat(line).contains("recovered after"));
	}

	private static void awaitLogged(Terminal terminal, int from, int count) {
		terminal.awaitLines((lines) -> CONNECTIONS.stream()
			.allMatch((name) -> logged(lines.subList(from, lines.size()), name).size() >= count));
	}

	/** The lines of the log about a connection or a subscription. */
	private static List<String> logged(List<String> lines, String name) {
		return lines.stream().filter((line) -> line.contains(" : " + name + ": ")).toList();
	}

	private JsonNode healthOfSecond() throws Exception {
		String command = curls().get(0)
			.replace(this.ports.insteadOf(HTTP_PORT), this.ports.insteadOf(SECOND_HTTP_PORT));
		return json(curl(command));
	}

	private static String told(List<String> lines) {
		StringBuilder told = new StringBuilder();
		for (String line : lines) {
			Matcher update = Pattern.compile("([A-Z][A-Za-z]+)\\[.*]").matcher(line);
			if (update.matches()) {
				told.append(update.group(1)).append(' ');
			}
		}
		return told.toString();
	}

	private void build() throws IOException {
		this.project.build(ClassPaths.ofStarter(), ClassPaths.ofApplication());
	}

	private Terminal run(String command) throws IOException {
		return Terminal.run(this.project.directory(), Map.of("SERVER_PORT", this.ports.insteadOf(HTTP_PORT),
				"JDK_JAVA_OPTIONS", "-Xmx128m -XX:TieredStopAtLevel=1"), command);
	}

	private String curl(String command) throws Exception {
		try (Terminal terminal = Terminal.run(this.project.directory(), Map.of(), command + " --silent")) {
			return terminal.output();
		}
	}

	private List<CodeBlock> yaml() {
		return this.tutorial.blocks("yaml");
	}

	private List<CodeBlock> java() {
		return this.tutorial.blocks("java");
	}

	private List<String> runs() {
		return this.tutorial.blocks("").get(0).text().lines().toList();
	}

	private List<String> curls() {
		return this.tutorial.inlineCode("curl ");
	}

	private static JsonNode json(String text) {
		return JSON.readTree(text);
	}

	/** Times differ, and a machine may have no IPv6. */
	private static JsonNode comparable(JsonNode node) {
		return json(node.toString()
			.replaceAll("\"since\":\"[^\"]+Z\"", "\"since\":\"then\"")
			.replaceAll("\"(\\[::]|0\\.0\\.0\\.0):", "\"*:"));
	}

	private static String element(String xml, String name) {
		Matcher element = Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
		assertThat(element.find()).as(name).isTrue();
		return element.group(1);
	}

}
