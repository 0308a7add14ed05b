package io.persistentconn.connection;

import java.util.concurrent.CompletionStage;

/**
 * Says where to connect to. It is asked anew before every attempt, so that it can look a
 * service up where the service publishes its location. Source: rules C1 and C11.
 *
 * @param <A> the type of addresses, compared with {@code equals}
 */
@FunctionalInterface
public interface AddressSupplier<A> {

	/**
	 * Obtains an address. Called by the owner, so it must not block.
	 * @return a stage that completes with the address
	 * @throws Exception costs this attempt, as does a stage that fails
	 */
	CompletionStage<? extends A> get() throws Exception;

}
