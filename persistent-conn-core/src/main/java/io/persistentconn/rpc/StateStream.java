package io.persistentconn.rpc;

import io.persistentconn.concurrent.Pipe;

/**
 * A state, and the updates that it goes through from then on.
 *
 * @param state the state
 * @param updates its updates. At the receiver: closing the pipe ends the stream; if the
 * server ends it, the pipe ends; if the connection or the stream fails, the pipe fails
 * @param <S> the type of the state
 * @param <U> the type of the updates
 */
public record StateStream<S, U>(S state, Pipe<U> updates) {
}
