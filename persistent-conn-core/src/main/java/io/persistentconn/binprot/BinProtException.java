package io.persistentconn.binprot;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not what a codec reads, or a value that a codec cannot write.
 */
public class BinProtException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	/** The {@link #offset()} of an error that is not about bytes read. */
	public static final int NO_OFFSET = -1;

	private final String reason;

	private final int offset;

	/**
	 * Creates an error about a value that cannot be written.
	 * @param reason what is wrong with which value, and what was expected
	 */
	public BinProtException(String reason) {
		super(reason);
		this.reason = reason;
		this.offset = NO_OFFSET;
	}

	/**
	 * Creates an error about bytes that cannot be read; see also
	 * {@link BinReader#error(String)}.
	 * @param reason what is wrong, and what was expected
	 * @param offset where the part that is wrong begins, in bytes from where the reader
	 * began
	 * @param cause why, or {@code null}
	 */
	public BinProtException(String reason, int offset, @Nullable Throwable cause) {
		super(reason + " (at offset " + offset + ")", cause);
		this.reason = reason;
		this.offset = offset;
	}

	/**
	 * What is wrong.
	 * @return the message without the offset
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Where it is wrong.
	 * @return where the part that is wrong begins, in bytes from where the reader began,
	 * or {@link #NO_OFFSET}
	 */
	public int offset() {
		return this.offset;
	}

}
