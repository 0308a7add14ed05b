package io.persistentconn.autoconfigure.properties;

/**
 * What the properties of a durable subscription may be.
 */
final class SubscriptionChecks {

	private static final int LARGEST_BUFFER = 1 << 30;

	private SubscriptionChecks() {
	}

	static void check(EntryChecks entry, SubscriptionProperties subscription) {
		entry.positive("resubscribe-delay", subscription.resubscribeDelay());
		entry.between("buffer.size", subscription.buffer().size(), 1, LARGEST_BUFFER);
		entry.notNegative("health.grace-period", subscription.health().gracePeriod());
	}

}
