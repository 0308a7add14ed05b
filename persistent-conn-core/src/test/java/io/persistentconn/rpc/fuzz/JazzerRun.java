package io.persistentconn.rpc.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a fuzz target in a virtual machine of its own, for Jazzer changes the
 * classes that it runs and exits with the machine.
 *
 * @param exitCode 0 if nothing was found
 * @param output what it printed
 */
record JazzerRun(int exitCode, String output) {

	private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: (\\d+)");

	/** For the machine to come up and go down, however slow it is. */
	private static final Duration GRACE = Duration.ofMinutes(2);

	/**
	 * Runs a target.
	 * @param target has a method {@code fuzzerTestOneInput}
	 * @param seeds what to begin with
	 * @param duration how long
	 * @param directory empty, gets the inputs and what was found
	 */
	static JazzerRun of(Class<?> target, Stream<byte[]> seeds, Duration duration, Path directory)
			throws IOException, InterruptedException {
		Path corpus = Files.createDirectories(directory.resolve("corpus"));
		int number = 0;
		for (byte[] seed : seeds.toList()) {
			Files.write(corpus.resolve("seed-" + number++), seed);
		}
		Path output = directory.resolve("output.txt");
		Process process = new ProcessBuilder(command(target, duration)).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			if (!process.waitFor(duration.plus(GRACE).toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("Jazzer hangs in " + target + ":\n" + printed(output));
			}
			return new JazzerRun(process.exitValue(), printed(output));
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** All but which classes were changed. */
	private static String printed(Path output) throws IOException {
		return Files.readAllLines(output)
			.stream()
			.filter((line) -> !line.matches("INFO: (Instrumented|Loaded|New number) .*"))
			.collect(Collectors.joining("\n"));
	}

	private static List<String> command(Class<?> target, Duration duration) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				// Little, so that what remains of each input would be noticed.
				"-Xmx192m", "-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true", "-cp",
				System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
				"--target_class=" + target.getName(), "--instrumentation_includes=io.persistentconn.**",
				// And nothing else: it looks for what web applications do wrong.
				"--custom_hook_includes=io.persistentconn.**", "-max_total_time=" + duration.toSeconds(), "-timeout=25",
				"-rss_limit_mb=1024", "-max_len=4096", "-seed=1", "-print_final_stats=1", "corpus");
	}

	/** How many inputs were tried. */
	long executions() {
		Matcher matcher = EXECUTIONS.matcher(this.output);
		return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
	}

}
