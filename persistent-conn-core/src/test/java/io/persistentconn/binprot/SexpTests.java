package io.persistentconn.binprot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SexpTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'',
			value = { "a, a", "'', '\"\"'", "a b, '\"a b\"'", "a;b, '\"a;b\"'", "(, '\"(\"'", "a\\b, '\"a\\\\b\"'",
					"a#b, a#b", "a|b, a|b", "a#|b, '\"a#|b\"'", "a|#b, '\"a|#b\"'", "\u00e9, '\"\\195\\169\"'",
					"\u007f, '\"\\127\"'" })
	void quotesAtomsThatNeedIt(String atom, String expected) {
		assertThat(Sexp.of(atom)).hasToString(expected);
		assertThat(Sexp.of(atom).toStringHum()).isEqualTo(expected);
	}

	@Test
	void escapesControlCharacters() {
		assertThat(Sexp.of("\n\t\r\b\u0000\"")).hasToString("\"\\n\\t\\r\\b\\000\\\"\"");
	}

	@Test
	void separatesItemsOnlyWhereNeeded() {
		Sexp sexp = Sexp.of(Sexp.of("a"), Sexp.of("b c"), Sexp.of("d"), Sexp.of("e"), Sexp.of(), Sexp.of("f"));
		assertThat(sexp).hasToString("(a\"b c\"d e()f)");
		assertThat(sexp.toStringHum()).isEqualTo("(a \"b c\" d e () f)");
	}

	@Test
	void breaksLinesForPeople() {
		Sexp pair = Sexp.of(Sexp.of("a".repeat(38)), Sexp.of("b".repeat(37)));
		assertThat(pair.toStringHum()).isEqualTo("(" + "a".repeat(38) + "\n " + "b".repeat(37) + ")");
		Sexp shorter = Sexp.of(Sexp.of("a".repeat(37)), Sexp.of("b".repeat(37)));
		assertThat(shorter.toStringHum()).isEqualTo("(" + "a".repeat(37) + " " + "b".repeat(37) + ")");
	}

	@Test
	void showsTextOfSeveralLinesOnSeveralLines() {
		assertThat(Sexp.of("one\ntwo").toStringHum()).isEqualTo(" \"one\\\n\\ntwo\"");
		assertThat(Sexp.of("one\n").toStringHum()).isEqualTo("\"one\\n\"");
		assertThat(Sexp.of("one\ntwo")).hasToString("\"one\\ntwo\"");
	}

	@Test
	void keepsAnErrorWhoseTextIsNotUtf8() {
		assertThat(Octets.read(BinCodecs.SEXP, "00 02 61ff")).isEqualTo(Sexp.of("a\ufffd"));
		assertThat(Octets.read(BinCodecs.INFO, "01 02 61ff")).isEqualTo(Info.of("a\ufffd"));
	}

}
