package io.persistentconn.autoconfigure.connection;

import java.util.List;
import java.util.Optional;

import io.persistentconn.connection.AddressSupplier;
import io.persistentconn.tcp.WhereToConnect;

/**
 * Says where connections lead to, instead of their {@code addresses}. All beans of this
 * type are asked, in order, when a connection is made; the first that knows the
 * connection serves it.
 */
@FunctionalInterface
public interface AddressSource {

	/**
	 * Finds the addresses of a connection.
	 * @param name the name of the connection
	 * @return asked before every attempt, for at least one address; empty if this source
	 * does not know the connection
	 */
	Optional<AddressSupplier<List<WhereToConnect<?>>>> addressesOf(String name);

}
