package io.persistentconn.tcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a connection notices that its peer vanished without a word: a machine lost power, a
 * cable was pulled, a firewall forgot the connection. Each of the three is off unless
 * set, and each ends the connection with its own error, which
 * {@link TcpConnection#closeReason()} tells.
 * <ul>
 * <li>{@link #keepAlive()} notices a dead peer of an <em>idle</em> connection:
 * {@link KeepAliveTimeoutException}. The OS sends no probes while bytes are
 * unacknowledged.</li>
 * <li>{@link #userTimeout()} notices it in mid-traffic, when bytes stay unacknowledged:
 * {@link UserTimeoutException}. Without it Linux retransmits for about 15 minutes. It is
 * {@code TCP_USER_TIMEOUT}, which the JDK does not offer: it needs the epoll transport,
 * and is refused on another. With both set, Linux gives up on an idle connection, too,
 * once this timeout has passed and a probe went unanswered, whatever the count.</li>
 * <li>{@link #readIdleTimeout()} ends a connection on which nothing was received for so
 * long, whoever is to blame: {@link ReadIdleTimeoutException}. It works on every
 * transport, but only suits protocols in which the peer must speak, such as those with
 * heartbeats. The time during which we do not read, because what came before was not
 * consumed, does not count.</li>
 * </ul>
 * Keep-alive and user timeout mean nothing on a unix socket and are not set there.
 * <p>
 * Source: rule T13.
 *
 * @param keepAlive probes while idle, or {@code null}
 * @param userTimeout how long bytes may stay unacknowledged, or {@code null}
 * @param readIdleTimeout how long nothing may be received, or {@code null}
 */
public record Liveness(@Nullable KeepAlive keepAlive, @Nullable Duration userTimeout,
		@Nullable Duration readIdleTimeout) {

	private static final Liveness NONE = new Liveness(null, null, null);

	/**
	 * Creates a combination.
	 * @param keepAlive probes while idle, or {@code null}
	 * @param userTimeout how long bytes may stay unacknowledged, or {@code null}
	 * @param readIdleTimeout how long nothing may be received, or {@code null}
	 * @throws IllegalArgumentException if a timeout is not positive, or the user timeout
	 * above {@link Integer#MAX_VALUE} ms
	 */
	public Liveness {
		if (userTimeout != null) {
			if (userTimeout.compareTo(Duration.ofMillis(1)) < 0
					|| userTimeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
				throw new IllegalArgumentException(
						"userTimeout: " + userTimeout + " (expected: 1 to " + Integer.MAX_VALUE + " ms)");
			}
		}
		if (readIdleTimeout != null) {
			Checks.positive("readIdleTimeout", readIdleTimeout);
		}
	}

	/**
	 * Nothing beyond what the OS does by default.
	 * @return all three off
	 */
	public static Liveness none() {
		return NONE;
	}

	/**
	 * Probes an idle connection.
	 * @param idle how long the connection is idle before the first probe, whole seconds
	 * @param interval between two probes, whole seconds
	 * @param count how many probes may go unanswered
	 * @return the same with these probes
	 */
	public Liveness withKeepAlive(Duration idle, Duration interval, int count) {
		return new Liveness(new KeepAlive(idle, interval, count), this.userTimeout, this.readIdleTimeout);
	}

	/**
	 * Bounds how long bytes may stay unacknowledged.
	 * @param timeout the bound, in milliseconds
	 * @return the same with this user timeout
	 */
	public Liveness withUserTimeout(Duration timeout) {
		return new Liveness(this.keepAlive, timeout, this.readIdleTimeout);
	}

	/**
	 * Bounds how long nothing may be received.
	 * @param timeout the bound
	 * @return the same with this read idle timeout
	 */
	public Liveness withReadIdleTimeout(Duration timeout) {
		return new Liveness(this.keepAlive, this.userTimeout, timeout);
	}

}
