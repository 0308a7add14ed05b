package io.persistentconn.rpc.versioned;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * The versions of one RPC that one side has, each with the way to call or to implement
 * it. Immutable.
 *
 * @param <T> what belongs to a version
 */
final class Versions<T> {

	private final String name;

	private final NavigableMap<RpcId, T> all;

	private Versions(String name, NavigableMap<RpcId, T> all) {
		this.name = name;
		this.all = all;
	}

	static <T> Versions<T> none(String name) {
		return new Versions<>(name, Collections.emptyNavigableMap());
	}

	Versions<T> with(RpcId id, T version) {
		if (!id.name().equals(this.name)) {
			throw new IllegalArgumentException("rpc: " + id + " (expected: a version of " + this.name + ")");
		}
		NavigableMap<RpcId, T> more = new TreeMap<>(this.all);
		if (more.put(id, version) != null) {
			throw new IllegalArgumentException("rpc: " + id + " twice (expected: each version once)");
		}
		return new Versions<>(this.name, more);
	}

	/** Calls the highest version that the peer has, too. */
	<R> CompletableFuture<R> dispatch(ConnectionWithMenu connection, Function<T, CompletableFuture<R>> call) {
		for (Map.Entry<RpcId, T> version : this.all.descendingMap().entrySet()) {
			if (connection.menu().rank(version.getKey()) != Menu.NO_RANK) {
				try {
					return call.apply(version.getValue());
				}
				catch (ConversionException ex) {
					return CompletableFuture.failedFuture(ex);
				}
			}
		}
		return CompletableFuture.failedFuture(new VersionMismatchException(connection, this.name, numbers()));
	}

	/** What belongs to the versions, in ascending order. */
	Collection<T> all() {
		return this.all.values();
	}

	List<Long> numbers() {
		return this.all.keySet().stream().map(RpcId::version).toList();
	}

	void expectSame(Versions<?> other) {
		if (!this.all.keySet().equals(other.all.keySet())) {
			throw new IllegalArgumentException(
					"versions: caller has " + this + ", callee has " + other + " (expected: the same)");
		}
	}

	@Override
	public String toString() {
		return this.name + " " + numbers();
	}

}
