package io.persistentconn.rpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends heartbeats, and notices that the peer is silent. Used by the owner of the
 * connection. Source: rule R2.
 */
final class Heartbeats {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeats.class);

	private final Heartbeat settings;

	private final TimeSource timeSource;

	private final Runnable send;

	private final Runnable onSilence;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private @Nullable Cancellable alarm;

	private int unanswered;

	/** For how many reasons this side does not read, so that silence says nothing. */
	private int pauses;

	private long readAgainAt;

	/** Asked by any thread. */
	private volatile long lastHeard;

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
		this.readAgainAt = this.lastHeard;
	}

	/** Adds a listener, which is called on the owner whenever a heartbeat comes. */
	Cancellable addListener(Runnable listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	/** A heartbeat came. */
	void received() {
		for (Runnable listener : this.listeners) {
			try {
				listener.run();
			}
			catch (Throwable ex) {
				logger.warn("A listener for heartbeats failed", ex);
			}
		}
	}

	/** Sends the first one. */
	void start() {
		if (!this.settings.isNever()) {
			beat();
		}
	}

	/** The peer sent something. */
	void heard() {
		this.unanswered = 0;
		this.lastHeard = this.timeSource.nanoTime();
	}

	/** This side does not read any more, until it {@linkplain #resume() does}. */
	void pause() {
		this.pauses++;
	}

	/** A reason not to read is gone. The peer has time again to be heard. */
	void resume() {
		this.pauses--;
		this.unanswered = 0;
		this.readAgainAt = this.timeSource.nanoTime();
	}

	/** How long ago the peer sent something. Asked by any thread. */
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
		if (this.pauses > 0) {
			return false;
		}
		return (this.settings.style() == Heartbeat.Style.ELAPSED_TIME) ? hasBeenSilent(this.settings.timeout())
				: this.unanswered >= this.settings.unansweredAllowed();
	}

	private boolean hasBeenSilent(Duration time) {
		return silence().compareTo(time) > 0
				&& Duration.ofNanos(this.timeSource.nanoTime() - this.readAgainAt).compareTo(time) > 0;
	}

	private void beat() {
		this.unanswered++;
		this.alarm = this.timeSource.schedule(this.settings.sendEvery(), this::due);
		this.send.run();
	}

}
