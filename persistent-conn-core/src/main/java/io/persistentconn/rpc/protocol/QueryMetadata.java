package io.persistentconn.rpc.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What travels with a query besides its data, such as the id of a trace: texts under
 * keys. A version of the protocol below 8 carries the text of {@link #DEFAULT_KEY} alone,
 * version 1 none. Source: wire, section 3, and rule R9.
 *
 * @param payloads the texts; of each at most {@link #MAX_PAYLOAD_BYTES} are sent
 */
public record QueryMetadata(Map<Long, String> payloads) {

	/** The key of what has no key up to version 7. */
	public static final long DEFAULT_KEY = 0;

	/** No texts. */
	public static final QueryMetadata NONE = new QueryMetadata(Map.of());

	/** How many bytes of UTF-8 are sent of a text. What is longer is cut off. */
	public static final int MAX_PAYLOAD_BYTES = 1024;

	/**
	 * Creates metadata.
	 * @param payloads copied, in their order
	 */
	public QueryMetadata {
		payloads = Collections.unmodifiableMap(new LinkedHashMap<>(payloads));
	}

	/**
	 * Creates metadata of one text, under the {@link #DEFAULT_KEY}.
	 * @param payload the text
	 * @return the metadata
	 */
	public static QueryMetadata of(String payload) {
		return new QueryMetadata(Map.of(DEFAULT_KEY, payload));
	}

	/**
	 * Adds a text, or replaces it.
	 * @param key its key
	 * @param payload the text
	 * @return the metadata with it
	 */
	public QueryMetadata with(long key, String payload) {
		Map<Long, String> extended = new LinkedHashMap<>(this.payloads);
		extended.put(key, payload);
		return new QueryMetadata(extended);
	}

	/**
	 * The text under a key.
	 * @param key the key
	 * @return the text, if there is one
	 */
	public Optional<String> payload(long key) {
		return Optional.ofNullable(this.payloads.get(key));
	}

}
