package io.persistentconn.rpc;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What belongs to which query id: a map from {@code long} that allocates only to grow.
 * Open addressing with linear probing; a removal moves what follows it back, so that
 * nothing marks where something was. Not safe for use by several threads.
 *
 * @param <T> what belongs to an id
 */
final class CallTable<T> {

	private static final int INITIAL_CAPACITY = 16;

	private long[] ids = new long[INITIAL_CAPACITY];

	/** {@code null} where a place is free. */
	private @Nullable Object[] values = new Object[INITIAL_CAPACITY];

	private int size;

	/** Where to look first: the messages of a stream come one after another. */
	private int lastFound;

	int size() {
		return this.size;
	}

	/**
	 * Adds a value.
	 * @param id which is not in the table
	 */
	void put(long id, T value) {
		if (this.size * 2 >= this.ids.length) {
			grow();
		}
		int place = find(id);
		this.ids[place] = id;
		this.values[place] = value;
		this.size++;
	}

	@SuppressWarnings("unchecked")
	@Nullable T get(long id) {
		int place = this.lastFound;
		if (this.ids[place] != id || this.values[place] == null) {
			place = find(id);
			this.lastFound = place;
		}
		return (T) this.values[place];
	}

	@SuppressWarnings("unchecked")
	@Nullable T remove(long id) {
		int place = find(id);
		T removed = (T) this.values[place];
		if (removed != null) {
			this.size--;
			close(place);
		}
		return removed;
	}

	/** Hands over what is in the table. It may change meanwhile. */
	@SuppressWarnings("unchecked")
	void forEach(Consumer<? super T> taker) {
		for (Object value : this.values.clone()) {
			if (value != null) {
				taker.accept((T) value);
			}
		}
	}

	/** Empties the table and hands over what was in it. */
	@SuppressWarnings("unchecked")
	void drain(Consumer<? super T> taker) {
		@Nullable Object[] drained = this.values;
		this.ids = new long[INITIAL_CAPACITY];
		this.values = new Object[INITIAL_CAPACITY];
		this.size = 0;
		this.lastFound = 0;
		for (Object value : drained) {
			if (value != null) {
				taker.accept((T) value);
			}
		}
	}

	/** Moves back what would not be found any more with a gap here. */
	private void close(int gap) {
		int mask = this.ids.length - 1;
		int place = gap;
		while (true) {
			place = (place + 1) & mask;
			if (this.values[place] == null) {
				this.values[gap] = null;
				return;
			}
			int home = home(this.ids[place], mask);
			if (((place - home) & mask) >= ((place - gap) & mask)) {
				this.ids[gap] = this.ids[place];
				this.values[gap] = this.values[place];
				gap = place;
			}
		}
	}

	/** The place of an id, or the free one where it would be. */
	private int find(long id) {
		int mask = this.ids.length - 1;
		int place = home(id, mask);
		while (this.values[place] != null && this.ids[place] != id) {
			place = (place + 1) & mask;
		}
		return place;
	}

	/** Spreads ids, which the peer may have chosen. */
	private static int home(long id, int mask) {
		return (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> 32) & mask;
	}

	private void grow() {
		long[] oldIds = this.ids;
		@Nullable Object[] oldValues = this.values;
		this.ids = new long[oldIds.length * 2];
		this.values = new Object[oldIds.length * 2];
		for (int i = 0; i < oldIds.length; i++) {
			if (oldValues[i] != null) {
				int place = find(oldIds[i]);
				this.ids[place] = oldIds[i];
				this.values[place] = oldValues[i];
			}
		}
	}

}
