package io.persistentconn.binprot;

/**
 * The OCaml type that a codec stands for.
 */
public final class BinShape {

	private final Md5 digest;

	private final String ocamlType;

	BinShape(Md5 digest, String ocamlType) {
		this.digest = digest;
		this.ocamlType = ocamlType;
	}

	/**
	 * What the real library computes for that type, and puts into menus.
	 * @return the digest, equal on both sides if the types are
	 */
	public Md5 digest() {
		return this.digest;
	}

	/**
	 * The type, for people to compare.
	 * @return for example <code>{ symbol : string; bid : float }</code>
	 */
	public String ocamlType() {
		return this.ocamlType;
	}

}
