package io.persistentconn.binprot;

import java.nio.charset.StandardCharsets;

/**
 * The texts of S-expressions, as the real library prints and escapes them.
 */
final class SexpText {

	private SexpText() {
	}

	/** All on one line, with spaces only where two atoms would become one without. */
	static String mach(Sexp sexp) {
		StringBuilder text = new StringBuilder();
		appendMach(sexp, false, text);
		return text.toString();
	}

	/** Returns whether an atom needs a space before it. */
	private static boolean appendMach(Sexp sexp, boolean afterBareAtom, StringBuilder text) {
		if (sexp instanceof Sexp.List list) {
			boolean afterBare = false;
			text.append('(');
			for (Sexp item : list.items()) {
				afterBare = appendMach(item, afterBare, text);
			}
			text.append(')');
			return false;
		}
		String atom = ((Sexp.Atom) sexp).text();
		boolean bare = !mustBeQuoted(atom);
		text.append((afterBareAtom && bare) ? " " : "").append(bare ? atom : quoted(atom));
		return bare;
	}

	static String hum(Sexp sexp) {
		if (sexp instanceof Sexp.Atom atom && atom.text().indexOf('\n') < 0) {
			return mach(sexp);
		}
		SexpLayout layout = new SexpLayout();
		layOut(sexp, layout);
		return layout.toString();
	}

	private static void layOut(Sexp sexp, SexpLayout layout) {
		if (sexp instanceof Sexp.Atom atom) {
			layOutAtom(atom.text(), layout);
		}
		else if (sexp instanceof Sexp.List list && !list.items().isEmpty()) {
			layout.openBox(1);
			layout.text("(");
			for (int i = 0; i < list.items().size(); i++) {
				if (i > 0) {
					layout.space();
				}
				layOut(list.items().get(i), layout);
			}
			layout.text(")");
			layout.closeBox();
		}
		else {
			layout.text("()");
		}
	}

	private static void layOutAtom(String atom, SexpLayout layout) {
		if (!mustBeQuoted(atom)) {
			layout.text(atom);
			return;
		}
		int newline = atom.indexOf('\n');
		if (newline < 0 || newline == atom.length() - 1) {
			layout.text(quoted(atom));
			return;
		}
		layout.openBox(0);
		layout.text(" \"");
		String[] lines = atom.split("\n", -1);
		for (int i = 0; i < lines.length; i++) {
			if (i > 0) {
				layout.text("\\");
				layout.newline();
				layout.text("\\n");
			}
			layout.text(escaped(lines[i]));
		}
		layout.text("\"");
		layout.closeBox();
	}

	private static boolean mustBeQuoted(String atom) {
		if (atom.isEmpty() || atom.contains("#|") || atom.contains("|#")) {
			return true;
		}
		for (int i = 0; i < atom.length(); i++) {
			char character = atom.charAt(i);
			if (character <= ' ' || character > '~' || "\"();\\".indexOf(character) >= 0) {
				return true;
			}
		}
		return false;
	}

	private static String quoted(String atom) {
		return '"' + escaped(atom) + '"';
	}

	private static String escaped(String atom) {
		StringBuilder text = new StringBuilder();
		for (byte octet : atom.getBytes(StandardCharsets.UTF_8)) {
			switch (octet) {
				case '"', '\\' -> text.append('\\').append((char) octet);
				case '\n' -> text.append("\\n");
				case '\t' -> text.append("\\t");
				case '\r' -> text.append("\\r");
				case '\b' -> text.append("\\b");
				default -> appendOctet(octet & 0xff, text);
			}
		}
		return text.toString();
	}

	private static void appendOctet(int octet, StringBuilder text) {
		if (octet >= ' ' && octet <= '~') {
			text.append((char) octet);
		}
		else {
			text.append('\\').append(octet / 100).append(octet / 10 % 10).append(octet % 10);
		}
	}

}
