package io.persistentconn.binprot;

/**
 * The type {@code unit} of OCaml, which has one value: what an RPC answers that has
 * nothing to say.
 */
public enum Unit {

	/** The value {@code ()}. */
	UNIT

}
