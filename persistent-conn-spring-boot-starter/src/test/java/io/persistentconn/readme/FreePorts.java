package io.persistentconn.readme;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Replaces the ports of the README, one by one, by ports that nobody here listens on.
 * They are below those that systems give to clients.
 */
final class FreePorts {

	private static final int LOWEST = 10_000;

	private static final int HIGHEST = 32_000;

	private final Map<String, String> replacements = new HashMap<>();

	FreePorts(List<String> ports) {
		for (String port : ports) {
			this.replacements.computeIfAbsent(port, (original) -> String.valueOf(unusedPort()));
		}
	}

	/** What stands for a port of the README. */
	String insteadOf(String port) {
		return this.replacements.get(port);
	}

	String replaceIn(String text) {
		return Pattern.compile("\\b(" + String.join("|", this.replacements.keySet()) + ")\\b")
			.matcher(text)
			.replaceAll((match) -> insteadOf(match.group()));
	}

	private int unusedPort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (!this.replacements.containsValue(String.valueOf(port)) && isUnused(port)) {
				return port;
			}
		}
	}

	private static boolean isUnused(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
