package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.QueryHeader;
import io.persistentconn.rpc.protocol.RpcId;
import io.persistentconn.rpc.protocol.RpcTable;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one side offers to the other. Immutable, and used by any number of
 * connections at a time. The menu RPC is always there.
 */
public final class Implementations {

	private static final Implementations NONE = builder().build();

	private final List<Implementation> all;

	private final Menu menu;

	private final RpcTable<Entry> table;

	private final UnknownRpcPolicy onUnknownRpc;

	private Implementations(Builder builder) {
		TreeMap<RpcId, Implementation> sorted = new TreeMap<>();
		for (Implementation implementation : builder.implementations) {
			if (sorted.put(implementation.id(), implementation) != null
					|| implementation.id().equals(MenuRpc.RPC.id())) {
				throw new IllegalArgumentException(
						"implementations: two of " + implementation.id() + " (expected: one of each name and version)");
			}
		}
		this.all = List.copyOf(builder.implementations);
		this.menu = Menu.of(sorted.keySet());
		this.onUnknownRpc = builder.onUnknownRpc;
		Map<RpcId, Entry> entries = new HashMap<>();
		sorted.forEach((id, implementation) -> entries.put(id, new Entry(implementation, this.menu.rank(id),
				implementation.onException().orElse(builder.onException))));
		Implementation menuRpc = MenuRpc.implementation(this.menu);
		entries.put(menuRpc.id(), new Entry(menuRpc, Menu.NO_RANK, builder.onException));
		this.table = RpcTable.of(entries, this.menu);
	}

	/**
	 * Nothing but the menu RPC.
	 * @return always the same
	 */
	public static Implementations none() {
		return NONE;
	}

	/**
	 * Offers some RPCs, with the default policies.
	 * @param implementations at most one of each name and version
	 * @return the implementations
	 * @throws IllegalArgumentException if there are two of one name and version
	 */
	public static Implementations of(Implementation... implementations) {
		Builder builder = builder();
		for (Implementation implementation : implementations) {
			builder.add(implementation);
		}
		return builder.build();
	}

	/**
	 * Begins to collect.
	 * @return a builder without implementations
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * What is offered, without the menu RPC.
	 * @return in the order in which they were added
	 */
	public List<Implementation> all() {
		return this.all;
	}

	/**
	 * What the peer is told.
	 * @return names and versions, sorted
	 */
	public Menu menu() {
		return this.menu;
	}

	UnknownRpcPolicy onUnknownRpc() {
		return this.onUnknownRpc;
	}

	@Nullable Entry find(QueryHeader query) {
		return this.table.get(query);
	}

	/**
	 * An implementation in its place.
	 *
	 * @param rank the place in the menu; the menu RPC itself has none
	 */
	record Entry(Implementation implementation, int rank, ExceptionPolicy onException) {
	}

	/**
	 * Collects implementations.
	 */
	public static final class Builder {

		private final List<Implementation> implementations = new ArrayList<>();

		private ExceptionPolicy onException = ExceptionPolicy.log();

		private UnknownRpcPolicy onUnknownRpc = UnknownRpcPolicy.proceed();

		private Builder() {
		}

		/**
		 * Offers one more RPC.
		 * @param implementation what answers it
		 * @return this builder
		 */
		public Builder add(Implementation implementation) {
			this.implementations.add(implementation);
			return this;
		}

		/**
		 * Offers more RPCs, such as all versions of one.
		 * @param implementations what answers them
		 * @return this builder
		 */
		public Builder addAll(Collection<Implementation> implementations) {
			this.implementations.addAll(implementations);
			return this;
		}

		/**
		 * Says what happens when a handler fails whose implementation does not say so
		 * itself. In any case its caller gets an error, if there is an answer at all.
		 * @param policy {@link ExceptionPolicy#log()} by default
		 * @return this builder
		 */
		public Builder onException(ExceptionPolicy policy) {
			this.onException = policy;
			return this;
		}

		/**
		 * Says what happens when something is called that is not implemented. In any case
		 * its caller gets an error.
		 * @param policy {@link UnknownRpcPolicy#proceed()} by default
		 * @return this builder
		 */
		public Builder onUnknownRpc(UnknownRpcPolicy policy) {
			this.onUnknownRpc = policy;
			return this;
		}

		/**
		 * Ends the collecting.
		 * @return what was collected
		 * @throws IllegalArgumentException if there are two of one name and version
		 */
		public Implementations build() {
			return new Implementations(this);
		}

	}

}
