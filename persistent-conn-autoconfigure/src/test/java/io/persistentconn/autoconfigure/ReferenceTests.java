package io.persistentconn.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README says of every property what the metadata says.
 */
class ReferenceTests {

	private static final Path README = Path.of("..", "README.md");

	@Test
	void everyPropertyHasADescription() throws IOException {
		assertThat(properties()).allSatisfy(
				(property) -> assertThat(property.get("description").toString()).as(property.get("name").toString())
					.matches("(?s)[A-Z].*\\..*")
					.doesNotStartWith("The ")
					.doesNotStartWith("A "));
	}

	@Test
	void theTableOfTheReadmeIsThatOfTheMetadata() throws IOException {
		List<String> expected = properties().stream().map(ReferenceTests::row).sorted().toList();
		List<String> actual = Files.readAllLines(README)
			.stream()
			.filter((line) -> line.startsWith("| `persistent-conn.") || line.startsWith("| `management."))
			.toList();
		assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
	}

	/** The properties of entries are in the metadata as those that entries inherit. */
	private static String row(Map<String, Object> property) {
		String name = property.get("name")
			.toString()
			.replace("persistent-conn.defaults.connection.", "persistent-conn.connections.<name>.")
			.replace("persistent-conn.defaults.server.", "persistent-conn.servers.<name>.")
			.replace("persistent-conn.defaults.subscription.", "persistent-conn.subscriptions.<name>.");
		Object value = property.get("defaultValue");
		return "| `" + name + "` | " + property.get("description") + " |" + ((value != null) ? " `" + value + "`" : "")
				+ " |";
	}

	private static List<Map<String, Object>> properties() throws IOException {
		try (InputStream metadata = ReferenceTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			List<Map<String, Object>> properties = JsonPath.read(metadata, "$.properties");
			return properties.stream()
				.filter((property) -> !property.get("type").toString().startsWith("java.util.Map"))
				.toList();
		}
	}

}
