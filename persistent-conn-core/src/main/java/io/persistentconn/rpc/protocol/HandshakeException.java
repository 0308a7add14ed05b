package io.persistentconn.rpc.protocol;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * Two sides did not come to speak with one another. Source: rule R1.
 */
public class HandshakeException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final Step step;

	/**
	 * Creates an error.
	 * @param step what failed
	 * @param reason what was received, and what was expected
	 */
	public HandshakeException(Step step, String reason) {
		this(step, reason, null);
	}

	/**
	 * Creates an error with a cause.
	 * @param step what failed
	 * @param reason what was received, and what was expected
	 * @param cause why, or {@code null}
	 */
	public HandshakeException(Step step, String reason, @Nullable Throwable cause) {
		super(step.description + ": " + reason, cause);
		this.step = step;
	}

	/**
	 * Where it failed.
	 * @return the step
	 */
	public Step step() {
		return this.step;
	}

	/**
	 * The steps of a handshake, in their order.
	 */
	public enum Step {

		/** Reading the peer's {@link Header}. */
		HEADER("header of the peer"),

		/** Finding a version of the protocol that both sides speak. */
		NEGOTIATION("negotiation of the protocol version"),

		/** Reading the peer's {@link ConnectionMetadata}. */
		METADATA("metadata of the peer"),

		/** Asking our side whether this peer is welcome. */
		VALIDATION("validation of the peer");

		private final String description;

		Step(String description) {
			this.description = description;
		}

	}

}
