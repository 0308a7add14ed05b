package io.persistentconn.rpc.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Pair;
import org.jspecify.annotations.Nullable;

/**
 * The RPCs that a side implements, in their order: an RPC's rank is its place in it, from
 * 0. Source: wire, section 6, and rule V1.
 */
public final class Menu {

	/** The RPC that answers with a menu; it is not in any. */
	public static final RpcId RPC = RpcId.of("__Versioned_rpc.Menu", 1);

	/** What {@link #RPC} answers. Digests do not travel in it. */
	public static final BinCodec<Menu> CODEC = BinCodecs
		.convert(BinCodecs.list(BinCodecs.pair(BinCodecs.STRING, BinCodecs.INT)), Menu::ofResponse, Menu::toResponse);

	/** What belongs to no rank. */
	public static final int NO_RANK = -1;

	private final RpcId[] ids;

	private final Digests @Nullable [] digests;

	private Menu(RpcId[] ids, Digests @Nullable [] digests) {
		this.ids = ids;
		this.digests = digests;
	}

	/**
	 * Creates a menu without digests, which is what the original tells by default.
	 * @param ids the RPCs in any order; {@link #RPC} is left out
	 * @return the menu
	 * @throws IllegalArgumentException if an RPC is there twice
	 */
	public static Menu of(Collection<RpcId> ids) {
		RpcId[] sorted = ids.stream().filter((id) -> !id.equals(RPC)).sorted().toArray(RpcId[]::new);
		checkNoDuplicates(sorted);
		return new Menu(sorted, null);
	}

	/**
	 * Creates a menu with digests.
	 * @param digests the RPCs and the digests of their types; {@link #RPC} is left out
	 * @return the menu
	 */
	public static Menu of(Map<RpcId, Digests> digests) {
		RpcId[] sorted = digests.keySet().stream().filter((id) -> !id.equals(RPC)).sorted().toArray(RpcId[]::new);
		return new Menu(sorted, Arrays.stream(sorted).map(digests::get).toArray(Digests[]::new));
	}

	/** A menu that was received: nothing is left out, as ranks count what is there. */
	static Menu received(List<RpcId> ids, @Nullable List<Digests> digests) {
		List<Integer> order = new ArrayList<>(ids.size());
		for (int i = 0; i < ids.size(); i++) {
			order.add(i);
		}
		order.sort((left, right) -> ids.get(left).compareTo(ids.get(right)));
		RpcId[] sorted = order.stream().map(ids::get).toArray(RpcId[]::new);
		checkNoDuplicates(sorted);
		return new Menu(sorted, (digests != null) ? order.stream().map(digests::get).toArray(Digests[]::new) : null);
	}

	private static Menu ofResponse(List<Pair<String, Long>> response) {
		return received(response.stream().map((pair) -> RpcId.of(pair.first(), pair.second())).toList(), null);
	}

	private List<Pair<String, Long>> toResponse() {
		return Arrays.stream(this.ids).map((id) -> new Pair<>(id.name(), id.version())).toList();
	}

	private static void checkNoDuplicates(RpcId[] sorted) {
		for (int i = 1; i < sorted.length; i++) {
			if (sorted[i].equals(sorted[i - 1])) {
				throw new IllegalArgumentException("menu: " + sorted[i] + " twice (expected: each RPC once)");
			}
		}
	}

	/**
	 * How many RPCs there are.
	 * @return one more than the highest rank
	 */
	public int size() {
		return this.ids.length;
	}

	/**
	 * All RPCs.
	 * @return the RPCs in the order of their ranks
	 */
	public List<RpcId> ids() {
		return List.of(this.ids);
	}

	/**
	 * The RPC of a rank.
	 * @param rank from 0 to {@link #size()} - 1
	 * @return the RPC
	 */
	public RpcId id(int rank) {
		return this.ids[rank];
	}

	/**
	 * The rank of an RPC.
	 * @param id the RPC
	 * @return its rank, or {@link #NO_RANK} if it is not there
	 */
	public int rank(RpcId id) {
		int rank = Arrays.binarySearch(this.ids, id);
		return (rank >= 0) ? rank : NO_RANK;
	}

	/**
	 * The digests of the types of an RPC.
	 * @param id the RPC
	 * @return its digests; {@link Digests#UNKNOWN} if they were not told; empty if the
	 * RPC is not there
	 */
	public Optional<Digests> digests(RpcId id) {
		int rank = rank(id);
		return (rank != NO_RANK) ? Optional.of(digests(rank)) : Optional.empty();
	}

	Digests digests(int rank) {
		return (this.digests != null) ? this.digests[rank] : Digests.UNKNOWN;
	}

	boolean hasDigests() {
		return this.digests != null;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Menu menu && Arrays.equals(this.ids, menu.ids)
				&& Arrays.equals(this.digests, menu.digests);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.ids);
	}

	@Override
	public String toString() {
		return Arrays.toString(this.ids);
	}

}
