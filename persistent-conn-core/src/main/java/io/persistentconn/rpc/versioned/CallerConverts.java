package io.persistentconn.rpc.versioned;

/**
 * Begins to define RPCs of several versions whose caller converts: it works with one
 * model, whatever version the peer has. To each kind of RPC versions are added:
 *
 * <pre>{@code
 * static final CallerRpc<Person, String> GREET = CallerConverts.<Person, String>rpc("greet")
 *     .version(GREET_V1, Person::name, (text) -> text)
 *     .version(GREET_V2, (person) -> person, Reply::text);
 *
 * GREET.dispatchMulti(connectionWithMenu, new Person("Ada", 36));
 * }</pre>
 *
 * Conversions may be called by any thread, several at a time, and must not block. Source:
 * {@code Versioned_rpc.Caller_converts}, rule V2.
 */
public final class CallerConverts {

	private CallerConverts() {
	}

	/**
	 * An RPC with one answer.
	 * @param name the name of all versions
	 * @param <Q> the model of the query
	 * @param <R> the model of the answer
	 * @return the RPC, without versions yet
	 */
	public static <Q, R> CallerRpc<Q, R> rpc(String name) {
		return new CallerRpc<>(Versions.none(name));
	}

	/**
	 * A message without answer.
	 * @param name the name of all versions
	 * @param <M> the model of the message
	 * @return the RPC, without versions yet
	 */
	public static <M> CallerOneWayRpc<M> oneWay(String name) {
		return new CallerOneWayRpc<>(Versions.none(name));
	}

	/**
	 * An RPC that answers with a stream.
	 * @param name the name of all versions
	 * @param <Q> the model of the query
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return the RPC, without versions yet
	 */
	public static <Q, U, E> CallerPipeRpc<Q, U, E> pipe(String name) {
		return new CallerPipeRpc<>(Versions.none(name));
	}

	/**
	 * An RPC that answers with a state and a stream of its updates.
	 * @param name the name of all versions
	 * @param <Q> the model of the query
	 * @param <S> the model of the state
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return the RPC, without versions yet
	 */
	public static <Q, S, U, E> CallerStateRpc<Q, S, U, E> state(String name) {
		return new CallerStateRpc<>(Versions.none(name));
	}

}
