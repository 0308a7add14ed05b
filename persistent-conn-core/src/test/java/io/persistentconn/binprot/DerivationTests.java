package io.persistentconn.binprot;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DerivationTests {

	@Test
	void aRecordIsItsComponentsInOrder() {
		BinCodec<Quote> codec = BinCodecs.of(Quote.class);
		Quote quote = new Quote("AAPL", 1, 0.5);
		assertThat(Octets.write(codec, quote)).isEqualTo("044141504c" + "000000000000f03f" + "000000000000e03f");
		assertThat(roundTrip(codec, quote)).isEqualTo(quote);
	}

	@Test
	void everyKindOfComponentReturns() {
		BinCodec<Everything> codec = BinCodecs.of(Everything.class);
		Everything value = new Everything(-1, 2, (short) 3, (byte) -4, 0.5, true, 'x', "t", new byte[] { 5 },
				new long[] { 6, -1 }, new int[] { 7 }, new double[] { 8 }, new String[][] { { "a" }, {} },
				Optional.of(9L), List.of(10), Set.of("b"), Map.of("k", 1.5), Unit.UNIT, new Md5(11, 12));
		Everything copy = roundTrip(codec, value);
		assertThat(copy).usingRecursiveComparison().isEqualTo(value);
		assertThat(codec.shape().ocamlType()).isEqualTo("{ a : int; b : int; c : int; d : int; e : float; f : bool; "
				+ "g : char; h : string; i : bigstring; j : int array; k : int array; l : float array; "
				+ "m : string array array; n : int option; o : int list; p : string Set.t; "
				+ "q : (string * float) Map.t; r : unit; s : Md5.t }");
	}

	@Test
	void arraysMayHaveManyElements() {
		long[] longs = new long[1000];
		Arrays.setAll(longs, (i) -> i * 1_000_000L);
		assertThat(roundTrip(BinCodecs.of(long[].class), longs)).isEqualTo(longs);
		int[] ints = Arrays.stream(longs).mapToInt((value) -> (int) value).toArray();
		assertThat(roundTrip(BinCodecs.of(int[].class), ints)).isEqualTo(ints);
		String[] strings = Arrays.stream(longs).mapToObj(Long::toString).toArray(String[]::new);
		assertThat(roundTrip(BinCodecs.of(String[].class), strings)).isEqualTo(strings);
		assertThat(roundTrip(BinCodecs.list(BinCodecs.STRING), List.of(strings))).isEqualTo(List.of(strings));
	}

	@Test
	void typesMayContainThemselves() {
		BinCodec<Menu> codec = BinCodecs.of(Menu.class);
		Menu menu = new Menu("top", List.of(new Menu("sub", List.of())), Optional.of(new Menu("more", List.of())));
		assertThat(roundTrip(codec, menu)).isEqualTo(menu);
		assertThat(codec.shape()).hasToString("({ title : string; items : menu list; next : menu option }) as menu");
	}

	@Test
	void typesMayContainEachOther() {
		BinCodec<Even> codec = BinCodecs.of(Even.class);
		Even even = new Even(Optional.of(new Odd(new Even(Optional.empty()))));
		assertThat(roundTrip(codec, even)).isEqualTo(even);
		assertThat(codec.shape()).hasToString("({ odd : (({ even : even }) as odd) option }) as even");
	}

	@Test
	void typesMayHaveParameters() {
		BinCodec<Chain<Optional<String>>> codec = BinCodecs.of(new BinType<Chain<Optional<String>>>() {
		});
		Chain<Optional<String>> chain = new Chain.Link<>(Optional.of("a"),
				new Chain.Link<>(Optional.empty(), new Chain.End<>()));
		assertThat(Octets.write(codec, chain)).isEqualTo("01" + "010161" + "01" + "00" + "00");
		assertThat(roundTrip(codec, chain)).isEqualTo(chain);
		assertThat(codec.shape()).hasToString("(End | Link of string option * string option chain) as chain");
	}

	@Test
	void nestingOfValuesIsBounded() {
		BinCodec<Chain<Long>> codec = BinCodecs.of(new BinType<Chain<Long>>() {
		});
		assertThat(depth(Octets.read(codec, "0107".repeat(BinReader.MAX_DEPTH) + "00"))).isEqualTo(BinReader.MAX_DEPTH);
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Octets.read(codec, "0107".repeat(BinReader.MAX_DEPTH + 1) + "00"))
			.withMessageStartingWith("nested more than 256 deep");
		Octets.read(BinCodecs.SEXP, "0101".repeat(BinReader.MAX_DEPTH) + "0100");
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Octets.read(BinCodecs.SEXP, "0101".repeat(1_000_000)))
			.withMessageStartingWith("nested more than 256 deep");
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Octets.read(BinCodecs.INFO, "0500".repeat(1_000_000)))
			.withMessageStartingWith("nested more than 256 deep");
	}

	@Test
	void aStackThatIsTooSmallIsAnErrorLikeOthers() {
		BinCodec<Long> overflowing = BinCodecs.convert(BinCodecs.INT, DerivationTests::overflow,
				DerivationTests::overflow);
		BinCodec<Chain<Long>> codec = BinCodecs.with(Long.class, overflowing).of(new BinType<Chain<Long>>() {
		});
		Chain<Long> chain = new Chain.Link<>(0L, new Chain.Link<>(1L, new Chain.End<>()));
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> Octets.read(codec, "0100010100"))
			.withMessage("nested too deep for the stack of this thread (at offset 4)");
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> codec.size(chain))
			.withMessageEndingWith("nested too deep for the stack of this thread");
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> codec.write(chain, Unpooled.buffer()))
			.withMessageEndingWith("nested too deep for the stack of this thread");
	}

	private static Long overflow(long value) {
		if (value > 0) {
			throw new StackOverflowError();
		}
		return value;
	}

	private static int depth(Chain<?> chain) {
		int depth = 0;
		Chain<?> rest = chain;
		while (rest instanceof Chain.Link<?> link) {
			depth++;
			rest = link.next();
		}
		return depth;
	}

	@Test
	void namesBecomeThoseOfOcaml() {
		assertThat(BinCodecs.of(Names.class).shape()).hasToString("{ interval_us : int; http_port2 : int; type_ : int; "
				+ "underscored_ : int; given : Red | Dark_blue | Light_green | Other }");
		assertThat(BinCodecs.of(Shape.class).shape())
			.hasToString("[ `Round_shape of float | `None | `Box of (int * int) ]");
	}

	@Test
	void libraryTypesArePrintedByName() {
		assertThat(BinCodecs.orError(BinCodecs.SEXP).shape()).hasToString("(Sexp.t, Info.t) Result.t");
		assertThat(BinCodecs.either(BinCodecs.list(BinCodecs.INT), BinCodecs.UNIT).shape())
			.hasToString("(int list, unit) Either.t");
		assertThat(BinCodecs.list(BinCodecs.pair(BinCodecs.STRING, BinCodecs.option(BinCodecs.BOOL))).shape())
			.hasToString("(string * bool option) list");
		assertThat(BinCodecs.orNull(BinCodecs.FLOAT).shape()).hasToString("float or_null");
	}

	@Test
	void aParameterIsKeptInTheShapeOfATypeThatContainsItself() {
		BinShape shape = BinCodecs.of(new BinType<Chain<Long>>() {
		}).shape();
		assertThat(shape.canonical().replaceAll("\\s+", " ")).isEqualTo(
				"(Exp (Application (Exp (Variant ((End ()) (Link ((Exp (Var 0)) (Exp (Rec_app 0 ((Exp (Var 0)))))))"
						+ "))) ((Exp (Base int ())))))");
	}

	@Test
	void anInlineRecordIsAConstructorWithARecord() {
		assertThat(BinCodecs.of(OcamlTypes.Mixed.class).shape())
			.hasToString("(Nullary | Unary of int | Binary of string * float | Tupled of (int * bool) | "
					+ "Inline of { x : int; y : string option } | Rec of mixed list) as mixed");
	}

	@Test
	void aCodecOfTheUsersIsUsedWhereItsTypeIsMet() {
		BinCodec<Instant> instant = BinCodecs.convert(BinCodecs.INT63, (nanos) -> Instant.ofEpochSecond(0, nanos),
				(value) -> value.getEpochSecond() * 1_000_000_000 + value.getNano());
		BinCodec<Event> codec = BinCodecs.with(Instant.class, instant)
			.with(long.class, BinCodecs.INT64)
			.of(Event.class);
		Event event = new Event(Instant.ofEpochSecond(1, 5), Long.MAX_VALUE, List.of(Instant.EPOCH));
		assertThat(roundTrip(codec, event)).isEqualTo(event);
		assertThat(codec.shape()).hasToString("{ at : int63; id : int64; more : int63 list }");
	}

	@Test
	void aValueThatTheRecordRefusesIsAReadError() {
		BinCodec<Percentage> codec = BinCodecs.of(Percentage.class);
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> Octets.read(codec, "7f"))
			.withMessage(Percentage.class.getName()
					+ " cannot be made of what was read: java.lang.IllegalArgumentException: percentage: 127 (at offset 0)")
			.withCauseInstanceOf(IllegalArgumentException.class);
		BinCodec<Integer> converted = BinCodecs.convert(BinCodecs.STRING, Integer::valueOf, Object::toString);
		assertThatExceptionOfType(BinProtException.class).isThrownBy(() -> Octets.read(converted, "0178"))
			.withMessageContaining("string that is refused: java.lang.NumberFormatException")
			.withCauseInstanceOf(NumberFormatException.class);
	}

	@Test
	void aMissingValueIsNamed() {
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> BinCodecs.of(Quote.class).size(new Quote(null, 1, 1)))
			.withMessage(
					Quote.class.getName() + ".symbol: null (expected: a value; what may be missing is an Optional)");
	}

	@Test
	void aKeyThatComesTwiceIsAReadError() {
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Octets.read(BinCodecs.map(BinCodecs.INT, BinCodecs.INT), "0201020103"))
			.withMessage("duplicate key (at offset 3)");
	}

	@Test
	void anUnknownConstructorIsAReadError() {
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Octets.read(BinCodecs.of(OcamlTypes.Color.class), "03"))
			.withMessage(OcamlTypes.Color.class.getName() + ": unknown constructor 3 (expected: < 3) (at offset 0)");
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> Octets.read(BinCodecs.of(Shape.class), "01000000"))
			.withMessage(Shape.class.getName() + ": unknown constructor (at offset 0)");
	}

	@Test
	void mistakesNameClassAndComponent() {
		refused(Event.class,
				Event.class.getName() + ".at: no codec for java.time.Instant (expected: one of long, int, ");
		refused(NoComponents.class, NoComponents.class.getName() + " has no components (expected: one or more, ");
		refused(RawList.class,
				RawList.class.getName() + ".list: no codec for java.util.List (expected: with all type ");
		refused(Wildcard.class, Wildcard.class.getName() + ".list: no codec for ? (expected: with all type arguments");
		refused(Floats.class, Floats.class.getName() + ".value: no codec for float (expected: one of long, int, ");
		refused(Shorts.class,
				Shorts.class.getName() + ".values: no codec for short[] (expected: byte[], int[], long[]");
		refused(MistypedName.class,
				MistypedName.class.getName() + ".id: no codec for long (expected: an OCaml type that BinCodecs has for "
						+ "that, which int32 is not)");
		refused(Chain.class,
				Chain.class.getName() + ": no codec for " + Chain.class.getName() + " (expected: with all");
		refused(NotOnlyRecords.class,
				NotOnlyRecords.class.getName() + ": no codec for " + NotOnlyRecords.Deeper.class.getName()
						+ " (expected: a record, as is each that the interface permits)");
		refused(Growing.class,
				Growing.Box.class.getName() + ".next: types nest more than 64 deep (expected: a type that "
						+ "contains itself does so with the same type arguments)");
		refused(StringBuilder.class, "java.lang.StringBuilder: no codec for java.lang.StringBuilder (expected: one of");
	}

	private static void refused(Class<?> type, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> BinCodecs.of(type)).withMessageStartingWith(message);
	}

	@Test
	void aCodecForATypeWithParametersIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> BinCodecs.with(List.class, null))
			.withMessage("java.util.List has type parameters (expected: a type without)");
	}

	@Test
	void collidingConstructorsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> VariantTags.polymorphic("T", List.of("A", "B", "A")))
			.withMessage("T has constructors with equal hashes: [A, B, A]");
		assertThatIllegalArgumentException().isThrownBy(() -> VariantTags.ordinary("T", 65537))
			.withMessage("T has 65537 constructors (expected: <= 65536)");
	}

	@Test
	@SuppressWarnings("rawtypes")
	void aTypeWithoutArgumentIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BinType() {
		}).withMessageEndingWith("has no type argument (expected: as in new BinType<List<String>>() {})");
	}

	private static <T> T roundTrip(BinCodec<T> codec, T value) {
		return Octets.read(codec, Octets.write(codec, value));
	}

	record Quote(String symbol, double bid, double ask) {
	}

	@SuppressWarnings("ArrayRecordComponent") // arrays are what is tested
	record Everything(long a, int b, short c, byte d, double e, boolean f, char g, String h, byte[] i, long[] j,
			int[] k, double[] l, String[][] m, Optional<Long> n, List<Integer> o, Set<String> p, Map<String, Double> q,
			Unit r, Md5 s) {
	}

	record Menu(String title, List<Menu> items, Optional<Menu> next) {

		Menu(String title, List<Menu> items) {
			this(title, items, Optional.empty());
		}

	}

	record Even(Optional<Odd> odd) {
	}

	record Odd(Even even) {
	}

	sealed interface Chain<T> {

		record End<E>() implements Chain<E> {
		}

		record Link<E>(E value, Chain<E> next) implements Chain<E> {
		}

	}

	record Names(int intervalUs, int HTTPPort2, int type, int underscored_, @OcamlName("given") Colors colors) {
	}

	enum Colors {

		Red, DARK_BLUE, LightGreen, @OcamlName("Other")
		UNKNOWN

	}

	@PolymorphicVariant
	sealed interface Shape {

		record RoundShape(double radius) implements Shape {
		}

		record None() implements Shape {
		}

		record Box(int width, int height) implements Shape {
		}

	}

	record Event(Instant at, long id, List<Instant> more) {
	}

	record Percentage(int value) {

		Percentage {
			if (value > 100) {
				throw new IllegalArgumentException("percentage: " + value);
			}
		}

	}

	record NoComponents() {
	}

	@SuppressWarnings("rawtypes")
	record RawList(List list) {
	}

	record Wildcard(List<?> list) {
	}

	record Floats(float value) {
	}

	@SuppressWarnings("ArrayRecordComponent") // arrays are what is tested
	record Shorts(short[] values) {
	}

	record MistypedName(@OcamlType("int32") long id) {
	}

	sealed interface NotOnlyRecords {

		sealed interface Deeper extends NotOnlyRecords {

			record Deepest() implements Deeper {
			}

		}

	}

	record Growing(Growing.Box<Long> box) {

		record Box<T>(Optional<Box<List<T>>> next) {
		}

	}

}
