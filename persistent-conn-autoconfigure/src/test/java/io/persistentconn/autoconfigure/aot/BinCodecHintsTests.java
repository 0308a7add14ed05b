package io.persistentconn.autoconfigure.aot;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinType;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;

import static org.assertj.core.api.Assertions.assertThat;

class BinCodecHintsTests {

	private final RuntimeHints all = new RuntimeHints();

	private final Hints hints = new Hints(this.all);

	@Test
	void aRecordIsMadeAndReadWithAllThatIsInIt() {
		BinCodecs.of(Order.class);
		register(Order.class);
		this.hints.assertDerivable(Order.class, Item.class, Colour.class, Discount.class);
	}

	@Test
	void aSealedInterfaceBringsItsRecords() {
		BinCodecs.of(Shape.class);
		register(Shape.class);
		this.hints.assertDerivable(Shape.class, Shape.Circle.class, Shape.Group.class, Point.class);
	}

	@Test
	void typeArgumentsAreFollowed() {
		BinType<Map<Point, Page<List<Optional<Item>>>>> type = new BinType<>() {
		};
		BinCodecs.of(type);
		register(type.type());
		this.hints.assertDerivable(Point.class, Page.class, Item.class);
		assertThat(this.hints.knows(Colour.class)).isFalse();
	}

	@Test
	void arraysAreMadeByReflection() {
		BinType<Tables<Item>> type = new BinType<>() {
		};
		BinCodecs.of(type);
		register(type.type());
		this.hints.assertDerivable(Tables.class, Item.class, Point.class, Page.class, Colour.class);
		assertThat(this.hints.knows(Point[].class)).isTrue();
		assertThat(this.hints.knows(Point[][].class)).isTrue();
		assertThat(this.hints.knows(Page[].class)).isTrue();
		assertThat(this.hints.knows(Object[].class)).as("of a type variable").isTrue();
	}

	@Test
	void othersAreLeftAlone() {
		register(String.class, List.class, long.class, Object.class, Runnable.class);
		assertThat(this.all.reflection().typeHints()).isEmpty();
	}

	private void register(Type... types) {
		BinCodecHints.register(this.all.reflection(), types);
	}

	record Order(List<Item> items, Colour colour, Optional<Discount> discount) {
	}

	record Item(String name) {
	}

	record Discount(double rate) {
	}

	enum Colour {

		RED, GREEN {

			@Override
			public String toString() {
				return "green";
			}

		}

	}

	sealed interface Shape {

		record Circle(Point centre) implements Shape {
		}

		record Group(List<Shape> shapes) implements Shape {
		}

	}

	record Point(long x) {
	}

	record Page<T>(T content) {
	}

	@SuppressWarnings("ArrayRecordComponent") // which nobody compares
	record Tables<T>(T[] any, Point[][] points, Page<Colour>[] pages, int[] numbers) {
	}

}
