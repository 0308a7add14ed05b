package io.persistentconn.rpc.versioned;

/**
 * Begins to define RPCs of several versions whose callee converts: one handler works with
 * one model, whatever version the peer calls. To each kind of RPC versions are added:
 *
 * <pre>{@code
 * static final CalleeRpc<Person, Reply> GREET = CalleeConverts.<Person, Reply>rpc("greet")
 *     .version(GREET_V1, Person::ofName, Reply::text)
 *     .version(GREET_V2, (person) -> person, (reply) -> reply);
 *
 * Implementations.builder().addAll(GREET.implementMulti((context, person) -> greet(person)));
 * }</pre>
 *
 * Conversions of queries are called on the event loop of the connection, the others on
 * whichever thread gives what they convert; several may be called at a time, and none may
 * block. If one throws, the caller gets an error, as if the handler had failed with a
 * {@link ConversionException}. Source: {@code Versioned_rpc.Callee_converts}, rule V2.
 */
public final class CalleeConverts {

	private CalleeConverts() {
	}

	/**
	 * An RPC with one answer.
	 * @param name the name of all versions
	 * @param <Q> the model of the query
	 * @param <R> the model of the answer
	 * @return the RPC, without versions yet
	 */
	public static <Q, R> CalleeRpc<Q, R> rpc(String name) {
		return new CalleeRpc<>(Versions.none(name));
	}

	/**
	 * A message without answer.
	 * @param name the name of all versions
	 * @param <M> the model of the message
	 * @return the RPC, without versions yet
	 */
	public static <M> CalleeOneWayRpc<M> oneWay(String name) {
		return new CalleeOneWayRpc<>(Versions.none(name));
	}

	/**
	 * An RPC that answers with a stream.
	 * @param name the name of all versions
	 * @param <Q> the model of the query
	 * @param <U> the model of the updates
	 * @param <E> the model of what comes with a rejection
	 * @return the RPC, without versions yet
	 */
	public static <Q, U, E> CalleePipeRpc<Q, U, E> pipe(String name) {
		return new CalleePipeRpc<>(Versions.none(name));
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
	public static <Q, S, U, E> CalleeStateRpc<Q, S, U, E> state(String name) {
		return new CalleeStateRpc<>(Versions.none(name));
	}

}
