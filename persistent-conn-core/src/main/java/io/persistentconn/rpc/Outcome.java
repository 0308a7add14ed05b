package io.persistentconn.rpc;

/**
 * What a server says to a query for a stream: yes, or no and why.
 *
 * @param <T> what comes with a yes
 * @param <E> the RPC's own type of errors
 */
public sealed interface Outcome<T, E> {

	/**
	 * A yes.
	 * @param value what comes with it
	 * @param <T> the type of the value
	 * @param <E> the RPC's own type of errors
	 * @return the outcome
	 */
	static <T, E> Outcome<T, E> accepted(T value) {
		return new Accepted<>(value);
	}

	/**
	 * A no.
	 * @param error why
	 * @param <T> what would come with a yes
	 * @param <E> the RPC's own type of errors
	 * @return the outcome
	 */
	static <T, E> Outcome<T, E> rejected(E error) {
		return new Rejected<>(error);
	}

	/**
	 * For those who expect a yes.
	 * @return what comes with it
	 * @throws RejectedException with the error, if it is a no
	 */
	default T orElseThrow() {
		if (this instanceof Accepted<T, E> accepted) {
			return accepted.value();
		}
		throw new RejectedException(((Rejected<T, E>) this).error());
	}

	/**
	 * The server accepts.
	 *
	 * @param value what comes with it
	 * @param <T> the type of the value
	 * @param <E> the RPC's own type of errors
	 */
	record Accepted<T, E>(T value) implements Outcome<T, E> {
	}

	/**
	 * The server rejects.
	 *
	 * @param error why
	 * @param <T> what would come with a yes
	 * @param <E> the RPC's own type of errors
	 */
	record Rejected<T, E>(E error) implements Outcome<T, E> {
	}

}
