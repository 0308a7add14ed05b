package io.persistentconn.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Turns a host name into addresses.
 */
@FunctionalInterface
public interface AddressResolver {

	/**
	 * Looks a name up. May block: it is never called on an event loop.
	 * @param host a host name, or an address in digits
	 * @return its addresses, in the order in which they are to be tried; at least one
	 * @throws IOException if there is none
	 */
	List<InetAddress> resolve(String host) throws IOException;

	/**
	 * The JDK's own lookup, with its cache (security property
	 * {@code networkaddress.cache.ttl}, 30 s by default).
	 * @return the resolver that is used if no other is given
	 */
	static AddressResolver jdk() {
		return (host) -> List.of(InetAddress.getAllByName(host));
	}

}
