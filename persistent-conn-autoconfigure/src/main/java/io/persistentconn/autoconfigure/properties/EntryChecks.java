package io.persistentconn.autoconfigure.properties;

import java.time.Duration;
import java.util.Locale;

import io.persistentconn.connection.RetryDelay;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values that the properties of one entry cannot have, naming the property, the
 * value, where it was set, and what is expected.
 */
record EntryChecks(ConfigurationPropertyName entry, Lookup lookup) {

	private static final String LONGEST = RetryDelay.LONGEST.toDays() + "d";

	void positive(String key, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero() || value.compareTo(RetryDelay.LONGEST) > 0)) {
			throw invalid(key, "more than zero, at most " + LONGEST);
		}
	}

	void notNegative(String key, Duration value) {
		if (value.isNegative() || value.compareTo(RetryDelay.LONGEST) > 0) {
			throw invalid(key, "from zero to " + LONGEST);
		}
	}

	void atLeast(String key, int least, @Nullable Integer value) {
		if (value != null && value < least) {
			throw invalid(key, least + " or more");
		}
	}

	void between(String key, long value, long least, long most) {
		if (value < least || value > most) {
			throw invalid(key, "from " + least + " to " + most);
		}
	}

	void size(String key, DataSize value) {
		if (value.toBytes() < 1 || value.toBytes() > Integer.MAX_VALUE) {
			throw invalid(key, "from 1B to 2047MB");
		}
	}

	void keepAlive(KeepAliveProperties keepAlive) {
		wholeSeconds("keep-alive.idle", keepAlive.idle());
		wholeSeconds("keep-alive.interval", keepAlive.interval());
		between("keep-alive.count", keepAlive.count(), 1, 127);
	}

	void userTimeout(@Nullable Duration value) {
		if (value != null && (value.compareTo(Duration.ofMillis(1)) < 0
				|| value.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0)) {
			throw invalid("user-timeout", "from 1ms to 24d");
		}
	}

	/** What is inherited may be meant for other entries. */
	void onlyFor(Protocol required, Protocol actual, String... keys) {
		for (String key : keys) {
			if (actual != required && this.lookup.isOwn(this.entry.append(key))) {
				throw invalid(key, "not set, because the protocol is " + name(actual) + ", and this is for "
						+ name(required) + " only");
			}
		}
	}

	void heartbeat(HeartbeatProperties heartbeat) {
		Duration sendEvery = heartbeat.sendEvery();
		notNegative("heartbeat.send-every", sendEvery);
		positive("heartbeat.timeout", heartbeat.timeout());
		if (sendEvery.isZero() || sendEvery.compareTo(heartbeat.timeout()) < 0) {
			return;
		}
		if (this.lookup.value(this.entry.append("heartbeat.send-every")).isPresent()) {
			throw invalid("heartbeat.send-every",
					"less than the heartbeat.timeout, which is " + heartbeat.timeout().toMillis() + "ms, or 0");
		}
		throw invalid("heartbeat.timeout",
				"more than the heartbeat.send-every, which is " + sendEvery.toMillis() + "ms");
	}

	private static String name(Protocol protocol) {
		return protocol.name().toLowerCase(Locale.ROOT);
	}

	private void wholeSeconds(String key, Duration value) {
		if (value.getNano() != 0 || value.getSeconds() < 1 || value.getSeconds() > Short.MAX_VALUE) {
			throw invalid(key, "whole seconds, from 1s to " + Short.MAX_VALUE + "s");
		}
	}

	/** The error about a key, for the caller to throw. */
	InvalidConfigurationPropertyValueException invalid(String key, String expected) {
		ConfigurationPropertyName name = this.entry.append(key);
		StringBuilder reason = new StringBuilder("Expected: ").append(expected).append('.');
		this.lookup.otherOrigin(name).ifPresent((origin) -> reason.append(" Set as ").append(origin).append('.'));
		return new InvalidConfigurationPropertyValueException(name.toString(), this.lookup.value(name).orElse(""),
				reason.toString());
	}

}
