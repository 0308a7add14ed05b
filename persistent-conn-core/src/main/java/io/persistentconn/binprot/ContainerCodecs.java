package io.persistentconn.binprot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

import io.netty.buffer.ByteBuf;

/**
 * Codecs of values that consist of any number of others. What they read grows with the
 * elements that are there, whatever their number claims.
 */
final class ContainerCodecs {

	static final int FIRST_CAPACITY = 256;

	private ContainerCodecs() {
	}

	static int grow(int size, int count) {
		return (int) Math.min(count, 2L * size);
	}

	static final class OptionCodec<T> extends ShapedCodec<Optional<T>> {

		private final BinCodec<T> value;

		OptionCodec(String type, BinCodec<T> value) {
			super(BinShape.base(type, value.shape()));
			this.value = value;
		}

		@Override
		public int size(Optional<T> option) {
			return option.isPresent() ? 1 + this.value.size(option.get()) : 1;
		}

		@Override
		public void write(Optional<T> option, ByteBuf out) {
			BinWriter.writeBoolean(option.isPresent(), out);
			if (option.isPresent()) {
				this.value.write(option.get(), out);
			}
		}

		@Override
		public Optional<T> read(BinReader in) {
			return in.readPresent() ? Optional.of(this.value.read(in)) : Optional.empty();
		}

	}

	static final class ListCodec<T> extends ShapedCodec<List<T>> {

		private final BinCodec<T> element;

		ListCodec(BinCodec<T> element) {
			super(BinShape.base("list", element.shape()));
			this.element = element;
		}

		@Override
		public int size(List<T> list) {
			int size = BinWriter.sizeOfNat0(list.size());
			for (T value : list) {
				size = Math.addExact(size, this.element.size(value));
			}
			return size;
		}

		@Override
		public void write(List<T> list, ByteBuf out) {
			BinWriter.writeNat0(list.size(), out);
			for (T value : list) {
				this.element.write(value, out);
			}
		}

		@Override
		public List<T> read(BinReader in) {
			return readElements(in.readCount(), this.element, in);
		}

	}

	private static <T> List<T> readElements(int count, BinCodec<T> element, BinReader in) {
		if (count == 0) {
			return List.of();
		}
		List<T> list = new ArrayList<>(Math.min(count, FIRST_CAPACITY));
		for (int i = 0; i < count; i++) {
			list.add(element.read(in));
		}
		return list;
	}

	static final class ArrayCodec<T> extends ShapedCodec<T[]> {

		private final BinCodec<T> element;

		private final IntFunction<T[]> factory;

		ArrayCodec(BinCodec<T> element, IntFunction<T[]> factory) {
			super(BinShape.base("array", element.shape()));
			this.element = element;
			this.factory = factory;
		}

		@Override
		public int size(T[] array) {
			int size = BinWriter.sizeOfNat0(array.length);
			for (T value : array) {
				size = Math.addExact(size, this.element.size(value));
			}
			return size;
		}

		@Override
		public void write(T[] array, ByteBuf out) {
			BinWriter.writeNat0(array.length, out);
			for (T value : array) {
				this.element.write(value, out);
			}
		}

		@Override
		public T[] read(BinReader in) {
			return readElements(in.readCount(), this.element, in).toArray(this.factory);
		}

	}

	/** A {@code Set.t} of Core, in any order. */
	static final class SetCodec<T> extends ShapedCodec<Set<T>> {

		private final BinCodec<T> element;

		SetCodec(BinCodec<T> element) {
			super(BinShape.named("8989278e-4992-11e6-8f4a-6b89776b1e53", "Set.t",
					BinShape.named("6592371a-4994-11e6-923a-7748e4182764", "", element.shape())));
			this.element = element;
		}

		@Override
		public int size(Set<T> set) {
			int size = BinWriter.sizeOfNat0(set.size());
			for (T value : set) {
				size = Math.addExact(size, this.element.size(value));
			}
			return size;
		}

		@Override
		public void write(Set<T> set, ByteBuf out) {
			BinWriter.writeNat0(set.size(), out);
			for (T value : set) {
				this.element.write(value, out);
			}
		}

		@Override
		public Set<T> read(BinReader in) {
			int count = in.readCount();
			Set<T> set = new LinkedHashSet<>();
			for (int i = 0; i < count; i++) {
				set.add(this.element.read(in));
			}
			return set;
		}

	}

	/** A {@code Map.t} or {@code Hashtbl.t} of Core. */
	static final class MapCodec<K, V> extends ShapedCodec<Map<K, V>> {

		private final BinCodec<K> key;

		private final BinCodec<V> value;

		MapCodec(String id, String name, BinCodec<K> key, BinCodec<V> value) {
			super(BinShape.named(id, name, BinShape.named("ac8a9ff4-4994-11e6-9a1b-9fb4e933bd9d", "",
					BinShape.tuple(key.shape(), value.shape()))));
			this.key = key;
			this.value = value;
		}

		@Override
		public int size(Map<K, V> map) {
			int size = BinWriter.sizeOfNat0(map.size());
			for (Map.Entry<K, V> entry : map.entrySet()) {
				size = Math.addExact(size, this.key.size(entry.getKey()));
				size = Math.addExact(size, this.value.size(entry.getValue()));
			}
			return size;
		}

		@Override
		public void write(Map<K, V> map, ByteBuf out) {
			BinWriter.writeNat0(map.size(), out);
			for (Map.Entry<K, V> entry : map.entrySet()) {
				this.key.write(entry.getKey(), out);
				this.value.write(entry.getValue(), out);
			}
		}

		@Override
		public Map<K, V> read(BinReader in) {
			int count = in.readCount(2);
			Map<K, V> map = new LinkedHashMap<>();
			for (int i = 0; i < count; i++) {
				int position = in.position();
				if (map.put(this.key.read(in), this.value.read(in)) != null) {
					throw in.errorAt(position, "duplicate key");
				}
			}
			return map;
		}

	}

}
