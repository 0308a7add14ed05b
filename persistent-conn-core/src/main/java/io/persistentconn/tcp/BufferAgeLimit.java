package io.persistentconn.tcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How old written bytes may get before the OS takes them. A peer that stops reading fills
 * the buffers of both kernels, then ours; this bounds how long that may last.
 * <p>
 * Source: {@code Writer.buffer_age_limit}, rule T4.
 *
 * @param atMost the greatest age, or {@code null} if there is no limit
 */
public record BufferAgeLimit(@Nullable Duration atMost) {

	/** Two minutes, the default for sockets. */
	public static final BufferAgeLimit DEFAULT = new BufferAgeLimit(Duration.ofMinutes(2));

	private static final BufferAgeLimit UNLIMITED = new BufferAgeLimit(null);

	/**
	 * Creates a limit.
	 * @param atMost the greatest age, or {@code null} if there is no limit
	 * @throws IllegalArgumentException if the age is not positive
	 */
	public BufferAgeLimit {
		if (atMost != null) {
			Checks.positive("bufferAgeLimit", atMost);
		}
	}

	/**
	 * A limit.
	 * @param age the greatest age
	 * @return the limit
	 * @throws IllegalArgumentException if the age is not positive
	 */
	public static BufferAgeLimit atMost(Duration age) {
		return new BufferAgeLimit(age);
	}

	/**
	 * No limit.
	 * @return the limit that is none
	 */
	public static BufferAgeLimit unlimited() {
		return UNLIMITED;
	}

}
