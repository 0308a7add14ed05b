package io.persistentconn.binprot;

import java.util.Arrays;

/**
 * An S-expression, the form in which OCaml programs print values and report errors.
 * <p>
 * Atoms are octets in OCaml; octets that are not UTF-8 are read as replacement
 * characters.
 */
@OcamlName("Sexp.t")
public sealed interface Sexp {

	/**
	 * A text.
	 *
	 * @param text any
	 */
	record Atom(String text) implements Sexp {

		@Override
		public String toString() {
			return SexpText.mach(this);
		}

	}

	/**
	 * A sequence.
	 *
	 * @param items any number of them
	 */
	record List(java.util.List<Sexp> items) implements Sexp {

		/**
		 * Creates a list.
		 * @param items copied
		 */
		public List {
			items = java.util.List.copyOf(items);
		}

		@Override
		public String toString() {
			return SexpText.mach(this);
		}

	}

	/**
	 * Creates an atom.
	 * @param text any
	 * @return the atom
	 */
	static Sexp of(String text) {
		return new Atom(text);
	}

	/**
	 * Creates a list.
	 * @param items any number of them
	 * @return the list
	 */
	static Sexp of(Sexp... items) {
		return new List(Arrays.asList(items));
	}

	/**
	 * Prints on one line, as {@code Sexp.to_string} does in OCaml.
	 * @return for example {@code (a"with space"(b c))}
	 */
	@Override
	String toString();

	/**
	 * Prints for people, on several lines if one does not do, as
	 * {@code Sexp.to_string_hum} does in OCaml.
	 * @return for example {@code (a "with space" (b c))}
	 */
	default String toStringHum() {
		return SexpText.hum(this);
	}

}
