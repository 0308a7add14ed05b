package io.persistentconn.binprot;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InfoTests {

	private static final Sexp SEXP = Sexp.of(Sexp.of("x"), Sexp.of("1"));

	@Test
	void printsTextAsItIs() {
		assertThat(Info.of("two\nlines")).hasToString("two\nlines");
		assertThat(Info.of("a b").toSexp()).hasToString("\"a b\"");
	}

	@Test
	void printsEachKindAsOcamlDoes() {
		Info.SourcePosition position = new Info.SourcePosition("a.ml", 3, 10, 17);
		assertThat(new Info.CouldNotConstruct(SEXP)).hasToString("(Could_not_construct (x 1))");
		assertThat(new Info.Exn(SEXP)).hasToString("(x 1)");
		assertThat(new Info.Value(SEXP)).hasToString("(x 1)");
		assertThat(new Info.TagSexp("tag", SEXP, Optional.empty())).hasToString("(tag (x 1))");
		assertThat(new Info.TagSexp("tag", SEXP, Optional.of(position))).hasToString("(tag (x 1) a.ml:3:7)");
		assertThat(new Info.TagT("tag", Info.of("a b"))).hasToString("(tag \"a b\")");
		assertThat(new Info.TagArg("tag", SEXP, Info.of("a"))).hasToString("(tag (x 1) a)");
		assertThat(new Info.TagArg("", SEXP, Info.of("a"))).hasToString("((x 1) a)");
		assertThat(new Info.WithBacktrace(Info.of("a"), "one\ntwo\n")).hasToString("(a (one two))");
	}

	@Test
	void printsSeveralAsIfTheyWereWhereTheirListIs() {
		Info several = new Info.OfList(Optional.of(1L), List.of(Info.of("a"), Info.of("b")));
		assertThat(several).hasToString("(a b)");
		assertThat(new Info.TagT("tag", several)).hasToString("(tag a b)");
		assertThat(new Info.OfList(Optional.empty(), List.of(Info.of("a")))).hasToString("a");
		assertThat(new Info.OfList(Optional.empty(), List.of())).hasToString("()");
	}

	@Test
	void readsWhatItWrites() {
		Info.SourcePosition position = new Info.SourcePosition("a.ml", 3, 10, 17);
		Info info = new Info.OfList(Optional.of(1L), List.of(new Info.TagSexp("t", SEXP, Optional.of(position)),
				new Info.CouldNotConstruct(SEXP), new Info.TagT("t", new Info.WithBacktrace(Info.of("a"), "b"))));
		String hex = Octets.write(BinCodecs.INFO, info);
		assertThat(Octets.read(BinCodecs.INFO, hex)).isEqualTo(info);
		assertThat(hex).startsWith("070101 03 04 0174".replace(" ", ""));
	}

}
