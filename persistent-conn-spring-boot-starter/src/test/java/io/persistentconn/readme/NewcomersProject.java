package io.persistentconn.readme;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application as its author has it: a directory with sources, which is built into a
 * jar and run from it.
 */
final class NewcomersProject {

	private static final String PACKAGE = "com.example.demo";

	private static final String APPLICATION = """
			@SpringBootApplication
			class DemoApplication {

				public static void main(String[] arguments) {
					SpringApplication.run(DemoApplication.class, arguments);
				}

			%s
			}
			""";

	private final Path directory;

	NewcomersProject(Path directory) {
		this.directory = directory;
	}

	Path directory() {
		return this.directory;
	}

	/** Appends to application.yml. */
	void configure(CodeBlock yaml) throws IOException {
		Files.writeString(Files.createDirectories(resources()).resolve("application.yml"), yaml.text(),
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	/** Puts code into the application's class. */
	void addBeans(CodeBlock java) throws IOException {
		NewcomersIde.write(sources(), PACKAGE, "DemoApplication", APPLICATION.formatted(java.text()));
	}

	void addClass(String name, CodeBlock java) throws IOException {
		NewcomersIde.write(sources(), PACKAGE, name, java.text());
	}

	/**
	 * Makes target/demo.jar.
	 * @param compiling the class path to compile against
	 * @param running what the jar refers to
	 */
	void build(String compiling, List<Path> running) throws IOException {
		Path classes = this.directory.resolve("target/classes");
		NewcomersIde.compile(sources(), classes, compiling);
		Files.copy(resources().resolve("application.yml"), classes.resolve("application.yml"));
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, PACKAGE + ".DemoApplication");
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					running.stream().map((path) -> path.toUri().toString()).collect(Collectors.joining(" ")));
		try (OutputStream file = Files.newOutputStream(this.directory.resolve("target/demo.jar"));
				JarOutputStream jar = new JarOutputStream(file, manifest);
				Stream<Path> paths = Files.walk(classes)) {
			for (Path path : paths.filter((each) -> !each.equals(classes)).toList()) {
				boolean folder = Files.isDirectory(path);
				jar.putNextEntry(new JarEntry(classes.relativize(path) + (folder ? "/" : "")));
				if (!folder) {
					Files.copy(path, jar);
				}
			}
		}
	}

	private Path sources() {
		return this.directory.resolve("src/main/java");
	}

	private Path resources() {
		return this.directory.resolve("src/main/resources");
	}

}
