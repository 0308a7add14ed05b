package io.persistentconn.rpc.protocol;

import java.util.Optional;

/**
 * What each side says of itself right after the {@link Header}, from version 3 on.
 *
 * @param identification who it is, if it says so
 * @param menu which RPCs it implements, if it says so
 */
public record ConnectionMetadata(Optional<Identification> identification, Optional<Menu> menu) {

	/** Says nothing. */
	public static final ConnectionMetadata NONE = new ConnectionMetadata(Optional.empty(), Optional.empty());

}
