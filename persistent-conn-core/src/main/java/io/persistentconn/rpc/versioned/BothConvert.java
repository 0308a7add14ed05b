package io.persistentconn.rpc.versioned;

/**
 * An RPC of several versions whose caller and callee both convert, each to and from a
 * model of its own: the two halves, which have the same versions.
 *
 * <pre>{@code
 * GREET.caller().dispatchMulti(connectionWithMenu, person);
 * Implementations.builder().addAll(GREET.callee().implementMulti(handler));
 * }</pre>
 *
 * Immutable. Source: {@code Versioned_rpc.Both_convert}, rule V2.
 *
 * @param <C> the kind of RPC, as the caller sees it
 * @param <S> the kind of RPC, as the callee sees it
 */
public final class BothConvert<C, S> {

	private final C caller;

	private final S callee;

	private BothConvert(C caller, Versions<?> callerVersions, S callee, Versions<?> calleeVersions) {
		callerVersions.expectSame(calleeVersions);
		this.caller = caller;
		this.callee = callee;
	}

	/**
	 * An RPC with one answer.
	 * @param caller what the caller converts
	 * @param callee what the callee converts, of the same name and versions
	 * @param <C> the caller's view
	 * @param <S> the callee's view
	 * @return both
	 * @throws IllegalArgumentException if names or versions differ
	 */
	public static <C extends CallerRpc<?, ?>, S extends CalleeRpc<?, ?>> BothConvert<C, S> rpc(C caller, S callee) {
		return new BothConvert<>(caller, caller.versions(), callee, callee.versions());
	}

	/**
	 * A message without answer.
	 * @param caller what the caller converts
	 * @param callee what the callee converts, of the same name and versions
	 * @param <C> the caller's view
	 * @param <S> the callee's view
	 * @return both
	 * @throws IllegalArgumentException if names or versions differ
	 */
	public static <C extends CallerOneWayRpc<?>, S extends CalleeOneWayRpc<?>> BothConvert<C, S> oneWay(C caller,
			S callee) {
		return new BothConvert<>(caller, caller.versions(), callee, callee.versions());
	}

	/**
	 * An RPC that answers with a stream.
	 * @param caller what the caller converts
	 * @param callee what the callee converts, of the same name and versions
	 * @param <C> the caller's view
	 * @param <S> the callee's view
	 * @return both
	 * @throws IllegalArgumentException if names or versions differ
	 */
	public static <C extends CallerPipeRpc<?, ?, ?>, S extends CalleePipeRpc<?, ?, ?>> BothConvert<C, S> pipe(C caller,
			S callee) {
		return new BothConvert<>(caller, caller.versions(), callee, callee.versions());
	}

	/**
	 * An RPC that answers with a state and a stream of its updates.
	 * @param caller what the caller converts
	 * @param callee what the callee converts, of the same name and versions
	 * @param <C> the caller's view
	 * @param <S> the callee's view
	 * @return both
	 * @throws IllegalArgumentException if names or versions differ
	 */
	public static <C extends CallerStateRpc<?, ?, ?, ?>, S extends CalleeStateRpc<?, ?, ?, ?>> BothConvert<C, S> state(
			C caller, S callee) {
		return new BothConvert<>(caller, caller.versions(), callee, callee.versions());
	}

	/**
	 * The caller's half.
	 * @return what dispatches
	 */
	public C caller() {
		return this.caller;
	}

	/**
	 * The callee's half.
	 * @return what implements
	 */
	public S callee() {
		return this.callee;
	}

	@Override
	public String toString() {
		return "BothConvert(" + this.caller + ", " + this.callee + ")";
	}

}
