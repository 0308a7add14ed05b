package io.persistentconn.sample;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.persistentconn.autoconfigure.event.PersistentConnEvent;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Attempting;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Closed;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Connected;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.Disconnected;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent.FailedToConnect;
import io.persistentconn.autoconfigure.event.ServerEvent;
import io.persistentconn.autoconfigure.event.SubscriptionEvent;
import io.persistentconn.sample.Timeline.Kind;

/**
 * An application event as people read it.
 *
 * @param kind what kind of event
 * @param text what happened
 */
record TimelineText(Kind kind, String text) {

	/**
	 * Empty if people need not read it: the address of a node is its name here, and the
	 * first subscription begins with the first connection.
	 */
	static Optional<TimelineText> of(PersistentConnEvent event) {
		if (event instanceof Attempting) {
			return text(Kind.ATTEMPTING, "Connecting");
		}
		if (event instanceof FailedToConnect failed) {
			return text(Kind.FAILED, "Attempt " + failed.attempt() + " failed, next in "
					+ duration(failed.nextAttemptIn()) + ": " + ErrorText.of(failed.cause()));
		}
		if (event instanceof Connected) {
			return text(Kind.CONNECTED, "Connected");
		}
		if (event instanceof Disconnected lost) {
			String lifetime = " after " + duration(lost.lifetime());
			return text(Kind.LOST,
					lost.reason()
						.map((reason) -> "Lost" + lifetime + ": " + ErrorText.of(reason))
						.orElse("Closed" + lifetime));
		}
		if (event instanceof Closed) {
			return text(Kind.LOST, "Closed for good");
		}
		if (event instanceof SubscriptionEvent.Lost) {
			return text(Kind.SUBSCRIPTION_LOST, "Subscription lost");
		}
		if (event instanceof SubscriptionEvent.Recovered recovered) {
			return text(Kind.SUBSCRIPTION_RECOVERED, "Subscription recovered after " + duration(recovered.lostFor()));
		}
		return (event instanceof ServerEvent serverEvent) ? text(Kind.SERVER, serverText(serverEvent))
				: Optional.empty();
	}

	private static String serverText(ServerEvent event) {
		if (event instanceof ServerEvent.Listening) {
			return "Listening on port " + event.server().listeningOn();
		}
		if (event instanceof ServerEvent.Stopped stopped) {
			return "Stopped" + stopped.reason().map((reason) -> ": " + ErrorText.of(reason)).orElse("");
		}
		if (event instanceof ServerEvent.LimitReached reached) {
			return "As many clients as may be: " + reached.maxConnections();
		}
		return event.toString();
	}

	private static Optional<TimelineText> text(Kind kind, String text) {
		return Optional.of(new TimelineText(kind, text));
	}

	private static String duration(Duration duration) {
		if (duration.toMinutes() == 0) {
			return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
		}
		return (duration.toHours() == 0) ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
				: duration.toHours() + " h " + duration.toMinutesPart() + " min";
	}

}
