package io.persistentconn.binprot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RandomRoundTripTests {

	private static final int VALUES = 500;

	private RandomGenerator random = new SplittableRandom(0);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void whatIsWrittenIsReadBack(long seed) {
		this.random = new SplittableRandom(seed);
		BinCodec<Mix> codec = BinCodecs.of(Mix.class);
		for (int i = 0; i < VALUES; i++) {
			Mix value = mix(0);
			String hex = Octets.write(codec, value);
			assertThat(Octets.read(codec, hex)).isEqualTo(value);
		}
	}

	private Mix mix(int depth) {
		List<Node> nodes = list(() -> node(depth + 1));
		Map<String, Long> map = new LinkedHashMap<>();
		Set<Integer> set = new LinkedHashSet<>();
		list(this::text).forEach((key) -> map.put(key, number()));
		list(() -> (int) number()).forEach(set::add);
		return new Mix(number(), (int) number(), (short) number(), (byte) number(),
				Double.longBitsToDouble(this.random.nextLong()), this.random.nextBoolean(),
				(char) this.random.nextInt(256), text(), nodes, map, set,
				this.random.nextBoolean() ? Optional.of(number()) : Optional.empty(), sexp(depth));
	}

	private Node node(int depth) {
		return switch ((depth > 3) ? 0 : this.random.nextInt(3)) {
			case 0 -> new Node.Empty();
			case 1 -> new Node.Two(node(depth + 1), node(depth + 1));
			default -> new Node.Inside(mix(depth + 2));
		};
	}

	private Sexp sexp(int depth) {
		return (depth > 3 || this.random.nextBoolean()) ? Sexp.of(text()) : new Sexp.List(list(() -> sexp(depth + 1)));
	}

	/** Of any number of bits up to 63. */
	private long number() {
		return this.random.nextLong() >> (1 + this.random.nextInt(63));
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		int length = this.random.nextInt(this.random.nextInt(10) > 0 ? 20 : 300);
		for (int i = 0; i < length; i++) {
			int codePoint = this.random.nextInt(1 << (7 + this.random.nextInt(14)));
			boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
			text.appendCodePoint(surrogate ? 'x' : codePoint);
		}
		return text.toString();
	}

	private <T> List<T> list(Supplier<T> element) {
		List<T> list = new ArrayList<>();
		int size = this.random.nextInt(4);
		for (int i = 0; i < size; i++) {
			list.add(element.get());
		}
		return list;
	}

	record Mix(long a, int b, short c, byte d, double e, boolean f, char g, String h, List<Node> i, Map<String, Long> j,
			Set<Integer> k, Optional<Long> l, Sexp m) {
	}

	sealed interface Node {

		record Empty() implements Node {
		}

		record Two(Node left, Node right) implements Node {
		}

		record Inside(Mix mix) implements Node {
		}

	}

}
