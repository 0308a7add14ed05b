package io.persistentconn.connection;

import java.util.ArrayList;
import java.util.List;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an attempt in the order in which they are tried (rule C15). Used by
 * the owner alone.
 */
final class Candidates<A> {

	private final String name;

	private @Nullable A lastGood;

	Candidates(String name) {
		this.name = name;
	}

	/** Takes note of an address that could be connected to. */
	void good(A address) {
		this.lastGood = address;
	}

	/**
	 * The last good one first, then the others as they were supplied.
	 * @throws Throwable if there is none, or the supplier's error
	 */
	List<A> inOrder(@Nullable List<? extends A> supplied, @Nullable Throwable error) throws Throwable {
		if (error != null) {
			throw error;
		}
		if (supplied == null || supplied.isEmpty()) {
			throw new PersistentConnException(this.name + ": no address to connect to");
		}
		List<A> addresses = List.copyOf(supplied);
		int index = (this.lastGood != null) ? addresses.indexOf(this.lastGood) : -1;
		if (index <= 0) {
			return addresses;
		}
		List<A> reordered = new ArrayList<>(addresses);
		reordered.add(0, reordered.remove(index));
		return reordered;
	}

}
