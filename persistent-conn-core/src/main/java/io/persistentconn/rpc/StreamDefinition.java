package io.persistentconn.rpc;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * What pipe and state RPCs have in common.
 *
 * @param id names it
 * @param computation {@link Computation#PIPE} or {@link Computation#STATE}
 * @param queryCodec of the query
 * @param initialCodec of what comes with the acceptance
 * @param updateCodec of the updates
 * @param errorCodec of what comes with the rejection
 * @param pushesBack whether a caller that does not keep up stops reading the connection
 * @param maxBuffered how many updates a caller buffers; more end the stream
 * @param <Q> the type of the query
 * @param <S> the type of what comes with the acceptance
 * @param <U> the type of the updates
 * @param <E> the type of what comes with the rejection
 */
record StreamDefinition<Q, S, U, E>(RpcId id, Computation computation, BinCodec<Q> queryCodec, BinCodec<S> initialCodec,
		BinCodec<U> updateCodec, BinCodec<E> errorCodec, boolean pushesBack, int maxBuffered) {

	StreamDefinition<Q, S, U, E> withPushback() {
		return new StreamDefinition<>(this.id, this.computation, this.queryCodec, this.initialCodec, this.updateCodec,
				this.errorCodec, true, this.maxBuffered);
	}

	StreamDefinition<Q, S, U, E> withMaxBuffered(int updates) {
		if (updates < 1) {
			throw new IllegalArgumentException("maxBuffered: " + updates + " (expected: >= 1)");
		}
		return new StreamDefinition<>(this.id, this.computation, this.queryCodec, this.initialCodec, this.updateCodec,
				this.errorCodec, this.pushesBack, updates);
	}

}
