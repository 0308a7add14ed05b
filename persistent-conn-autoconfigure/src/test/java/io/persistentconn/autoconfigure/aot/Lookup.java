package io.persistentconn.autoconfigure.aot;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.annotation.RpcMapping;

/**
 * A part of contracts that say what the answer is.
 *
 * @param <T> the answer
 */
interface Lookup<T> {

	@RpcMapping
	CompletableFuture<T> find(Prices.Symbol symbol, Optional<Prices.Venue> venue);

}
