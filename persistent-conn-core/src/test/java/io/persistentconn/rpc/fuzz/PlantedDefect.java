package io.persistentconn.rpc.fuzz;

/**
 * A fuzz target with something to find.
 */
public final class PlantedDefect {

	private PlantedDefect() {
	}

	/** Called by Jazzer. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length > 3 && input[0] == 'b' && input[1] == 'a' && input[2] == 'd') {
			throw new IllegalStateException("planted");
		}
	}

}
