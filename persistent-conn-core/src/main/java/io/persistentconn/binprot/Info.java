package io.persistentconn.binprot;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What OCaml programs say about errors and other events: {@code Info.t}, which is also
 * {@code Error.t}. {@link #toString()} prints it as {@code Info.to_string_hum} does.
 * <p>
 * Source: wire, section 1.
 */
@OcamlName("Info.t")
public sealed interface Info {

	/**
	 * Creates an info that says something.
	 * @param text what to say
	 * @return the info
	 */
	static Info of(String text) {
		return new Text(text);
	}

	/**
	 * The info as OCaml's {@code Info.sexp_of_t} shows it.
	 * @return for example {@code (tag(a b))}
	 */
	default Sexp toSexp() {
		List<Sexp> sexps = sexps().toList();
		return (sexps.size() == 1) ? sexps.get(0) : new Sexp.List(sexps);
	}

	/**
	 * Prints for people.
	 * @return the text alone if it says nothing else, otherwise {@link #toSexp()} on one
	 * or more lines
	 */
	@Override
	String toString();

	private Stream<Sexp> sexps() {
		if (this instanceof CouldNotConstruct info) {
			return Stream.of(Sexp.of(Sexp.of("Could_not_construct"), info.sexp()));
		}
		if (this instanceof Text info) {
			return Stream.of(Sexp.of(info.text()));
		}
		if (this instanceof Exn info) {
			return Stream.of(info.sexp());
		}
		if (this instanceof Value info) {
			return Stream.of(info.sexp());
		}
		if (this instanceof TagSexp info) {
			Stream<Sexp> position = info.position().map(SourcePosition::toString).map(Sexp::of).stream();
			return list(Stream.concat(Stream.of(Sexp.of(info.tag()), info.sexp()), position));
		}
		if (this instanceof TagT info) {
			return list(Stream.concat(Stream.of(Sexp.of(info.tag())), info.info().sexps()));
		}
		if (this instanceof TagArg info) {
			Stream<Sexp> tag = info.tag().isEmpty() ? Stream.empty() : Stream.of(Sexp.of(info.tag()));
			return list(Stream.concat(Stream.concat(tag, Stream.of(info.sexp())), info.info().sexps()));
		}
		if (this instanceof OfList info) {
			return info.infos().stream().flatMap(Info::sexps);
		}
		WithBacktrace info = (WithBacktrace) this;
		Sexp backtrace = new Sexp.List(info.backtrace().lines().map(Sexp::of).toList());
		return Stream.of(Sexp.of(info.info().toSexp(), backtrace));
	}

	private static Stream<Sexp> list(Stream<Sexp> items) {
		return Stream.of(new Sexp.List(items.toList()));
	}

	/**
	 * What came of it when the info itself could not be made.
	 *
	 * @param sexp why
	 */
	record CouldNotConstruct(Sexp sexp) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * A text; {@code String} in OCaml.
	 *
	 * @param text what it says
	 */
	@OcamlName("String")
	record Text(String text) implements Info {

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * An exception.
	 *
	 * @param sexp the exception
	 */
	record Exn(Sexp sexp) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * Any value; {@code Sexp} in OCaml.
	 *
	 * @param sexp the value
	 */
	@OcamlName("Sexp")
	record Value(Sexp sexp) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * A value with a tag.
	 *
	 * @param tag says what the value is
	 * @param sexp the value
	 * @param position where in the source this was made
	 */
	record TagSexp(String tag, Sexp sexp, Optional<SourcePosition> position) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * Another info with a tag.
	 *
	 * @param tag says more
	 * @param info the other
	 */
	record TagT(String tag, Info info) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * Another info with a tag and a value.
	 *
	 * @param tag says what the value is, may be empty
	 * @param sexp the value
	 * @param info the other
	 */
	record TagArg(String tag, Sexp sexp, Info info) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * Several.
	 *
	 * @param truncateAfter after how many a short form may stop
	 * @param infos all of them
	 */
	record OfList(Optional<Long> truncateAfter, List<Info> infos) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * Another info with a backtrace.
	 *
	 * @param info the other
	 * @param backtrace lines of text
	 */
	record WithBacktrace(Info info, String backtrace) implements Info {

		@Override
		public String toString() {
			return toSexp().toStringHum();
		}

	}

	/**
	 * A place in a source file.
	 *
	 * @param file its name
	 * @param line the line, from 1
	 * @param lineStart the offset of the line in the file
	 * @param offset the offset in the file
	 */
	record SourcePosition(@OcamlName("pos_fname") String file, @OcamlName("pos_lnum") long line,
			@OcamlName("pos_bol") long lineStart, @OcamlName("pos_cnum") long offset) {

		@Override
		public String toString() {
			return this.file + ":" + this.line + ":" + (this.offset - this.lineStart);
		}

	}

}
