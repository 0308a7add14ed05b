package io.persistentconn.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a timeline and says which rules it breaks: the order of events (C1, C2), repeats
 * (C3), the spacing of attempts (C4) and steps after close (C8).
 */
final class HistoryChecker {

	private static final Set<String> STEPS = Set.of("attempting", "lookup", "connect", "obtained", "failed",
			"connected");

	private final List<String> violations = new ArrayList<>();

	private final double shortestDelay;

	private String lastObtained = "";

	private String lastFailed = "";

	private boolean connected;

	private boolean closed;

	private boolean inEpisode;

	/** Whether something other than the delay may begin the next attempt. */
	private boolean hurried = true;

	private double lastAttempt = Double.NEGATIVE_INFINITY;

	/**
	 * @param shortestDelay in seconds, the least there can be between two attempts
	 */
	HistoryChecker(double shortestDelay) {
		this.shortestDelay = shortestDelay;
	}

	List<String> check(List<String> timeline) {
		for (String line : timeline) {
			String[] parts = line.split(" ", 3);
			check(Long.parseLong(parts[0]) / 1e9, parts[1], line);
		}
		if (this.connected) {
			this.violations.add("the end: connected, but never disconnected");
		}
		return this.violations;
	}

	private void check(double second, String what, String line) {
		if (this.closed && STEPS.contains(what)) {
			violation("a step after close", line);
		}
		switch (what) {
			case "attempting" -> {
				expect(!this.connected, "attempting while connected", line);
				this.inEpisode = true;
				this.lastObtained = "";
				this.lastFailed = "";
			}
			case "lookup" -> {
				expect(this.inEpisode && !this.connected, "an attempt outside an episode", line);
				expect(this.hurried || second - this.lastAttempt >= this.shortestDelay - 1e-6, "attempts too close",
						line);
				this.hurried = false;
				this.lastAttempt = second;
			}
			case "obtained" -> {
				String address = line.substring(line.indexOf("obtained"));
				expect(!address.equals(this.lastObtained), "an address reported twice", line);
				this.lastObtained = address;
			}
			case "failed" -> {
				String error = line.substring(line.indexOf("failed"), line.indexOf(" next in"));
				expect(!error.equals(this.lastFailed), "an error reported twice", line);
				this.lastFailed = error;
			}
			case "connected" -> {
				expect(this.inEpisode && !this.connected, "connected outside an episode", line);
				this.connected = true;
				this.inEpisode = false;
			}
			case "disconnected" -> {
				expect(this.connected, "disconnected without a connection", line);
				this.connected = false;
			}
			case "close" -> this.closed = true;
			case "start", "resume", "retryNow" -> this.hurried = true;
			default -> {
			}
		}
	}

	private void expect(boolean holds, String violation, String line) {
		if (!holds) {
			violation(violation, line);
		}
	}

	private void violation(String violation, String line) {
		this.violations.add(violation + ": " + line);
	}

}
