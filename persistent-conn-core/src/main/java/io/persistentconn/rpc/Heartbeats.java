package io.persistentconn.rpc;

import java.time.Duration;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends heartbeats, and notices that the peer is silent. Used by the owner of the
 * connection. Source: rule R2.
 */
final class Heartbeats {

	private final Heartbeat settings;

	private final TimeSource timeSource;

	private final Runnable send;

	private final Runnable onSilence;

	private @Nullable Cancellable alarm;

	private int unanswered;

	private long lastHeard;

	/**
	 * Creates heartbeats that are still to be started.
	 * @param send sends one
	 * @param onSilence called when the peer has been silent for too long
	 */
	Heartbeats(Heartbeat settings, TimeSource timeSource, Runnable send, Runnable onSilence) {
		this.settings = settings;
		this.timeSource = timeSource;
		this.send = send;
		this.onSilence = onSilence;
		this.lastHeard = timeSource.nanoTime();
	}

	/** Sends the first one. */
	void start() {
		if (!this.settings.isNever()) {
			beat();
		}
	}

	/** The peer sent a message. */
	void heard() {
		this.unanswered = 0;
		this.lastHeard = this.timeSource.nanoTime();
	}

	/** How long ago the peer sent its last message. */
	Duration silence() {
		return Duration.ofNanos(this.timeSource.nanoTime() - this.lastHeard);
	}

	void stop() {
		if (this.alarm != null) {
			this.alarm.cancel();
		}
	}

	private void due() {
		if (isSilent()) {
			this.onSilence.run();
		}
		else {
			beat();
		}
	}

	private boolean isSilent() {
		return (this.settings.style() == Heartbeat.Style.ELAPSED_TIME)
				? silence().compareTo(this.settings.timeout()) > 0
				: this.unanswered >= this.settings.unansweredAllowed();
	}

	private void beat() {
		this.unanswered++;
		this.alarm = this.timeSource.schedule(this.settings.sendEvery(), this::due);
		this.send.run();
	}

}
