package io.persistentconn.tcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Counts the sockets of this process, to show that none is left.
 */
final class OpenSockets {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private OpenSockets() {
	}

	static long count() throws IOException {
		assumeTrue(Files.isDirectory(DESCRIPTORS), "there is no /proc/self/fd to count descriptors in");
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.filter(OpenSockets::isSocket).count();
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			// Closed in between.
			return false;
		}
	}

}
