package io.persistentconn.binprot;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The OCaml type that a codec stands for, so that both sides can compare theirs: by
 * people as text, by programs as a digest. Immutable.
 * <p>
 * Source: {@code Bin_prot.Shape}.
 */
public final class BinShape {

	private final ShapeExpression expression;

	private @Nullable Md5 digest;

	BinShape(ShapeExpression expression) {
		this.expression = expression;
	}

	/**
	 * The shape of a type of which only the name counts, as OCaml's
	 * {@code Bin_prot.Shape.basetype} makes it.
	 * @param id the name or UUID that the type has there
	 * @param arguments what stands for its type parameters
	 * @return the shape
	 */
	public static BinShape base(String id, BinShape... arguments) {
		return named(id, id, arguments);
	}

	/**
	 * The shape of a tuple.
	 * @param parts the shapes of its parts
	 * @return the shape
	 */
	public static BinShape tuple(BinShape... parts) {
		return new BinShape(new ShapeExpression.Tuple(expressions(parts)));
	}

	static BinShape named(String id, String name, BinShape... arguments) {
		return new BinShape(new ShapeExpression.Base(id, name, expressions(arguments)));
	}

	private static List<ShapeExpression> expressions(BinShape... shapes) {
		return Arrays.stream(shapes).map(BinShape::expression).toList();
	}

	ShapeExpression expression() {
		return this.expression;
	}

	/**
	 * What the real library computes for that type, and puts into menus.
	 * @return the digest, equal on both sides if the types are
	 */
	public Md5 digest() {
		Md5 known = this.digest;
		if (known == null) {
			known = CanonicalShape.of(this.expression).digest().value();
			this.digest = known;
		}
		return known;
	}

	/**
	 * What the digest is made of, as {@code Bin_prot.Shape.Canonical.to_string_hum}
	 * prints it in OCaml: to see where two types differ.
	 * @return the canonical shape, on several lines
	 */
	public String canonical() {
		return CanonicalShape.of(this.expression).sexp().toStringHum();
	}

	/**
	 * The type as OCaml writes it, with the definitions of named types in place of their
	 * names.
	 * @return for example <code>{ symbol : string; bid : float }</code>
	 */
	public String ocamlType() {
		return OcamlTypeText.of(this.expression);
	}

	@Override
	public String toString() {
		return ocamlType();
	}

}
