package io.persistentconn.rpc.protocol;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to the RPC of a query without allocating: by name and version in an
 * open-addressing table, by rank in an array. Immutable, for any thread.
 *
 * @param <V> what belongs to an RPC
 */
public final class RpcTable<V> {

	private final @Nullable RpcId[] ids;

	private final @Nullable Object[] values;

	private final @Nullable Object[] byRank;

	private RpcTable(Map<RpcId, ? extends V> entries, Menu menu) {
		int capacity = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
		this.ids = new RpcId[capacity];
		this.values = new Object[capacity];
		this.byRank = new Object[menu.size()];
		entries.forEach(this::put);
		for (int rank = 0; rank < this.byRank.length; rank++) {
			this.byRank[rank] = entries.get(menu.id(rank));
		}
	}

	/**
	 * Creates a table.
	 * @param <V> what belongs to an RPC
	 * @param entries what belongs to which RPC
	 * @param menu the menu that callers are sent, whose ranks they may use
	 * @return the table
	 */
	public static <V> RpcTable<V> of(Map<RpcId, ? extends V> entries, Menu menu) {
		return new RpcTable<>(entries, menu);
	}

	private void put(RpcId id, V value) {
		int slot = id.tagHash() & (this.ids.length - 1);
		while (this.ids[slot] != null) {
			slot = (slot + 1) & (this.ids.length - 1);
		}
		this.ids[slot] = id;
		this.values[slot] = value;
	}

	/**
	 * What belongs to the RPC of a query.
	 * @param header the query
	 * @return what belongs to it, or {@code null} if the RPC, or its rank, is unknown
	 */
	@SuppressWarnings("unchecked")
	public @Nullable V get(QueryHeader header) {
		int rank = header.rank();
		if (rank != QueryHeader.BY_NAME) {
			return (rank < this.byRank.length) ? (V) this.byRank[rank] : null;
		}
		int slot = header.tagHash() & (this.ids.length - 1);
		for (RpcId id = this.ids[slot]; id != null; id = this.ids[slot]) {
			if (header.matches(id)) {
				return (V) this.values[slot];
			}
			slot = (slot + 1) & (this.ids.length - 1);
		}
		return null;
	}

}
