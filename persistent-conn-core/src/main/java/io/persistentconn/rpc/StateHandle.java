package io.persistentconn.rpc;

/**
 * A state, and what ends the stream of its updates.
 *
 * @param state the state
 * @param stream ends the stream
 * @param <S> the type of the state
 */
public record StateHandle<S>(S state, StreamHandle stream) {
}
