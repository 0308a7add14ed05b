package io.persistentconn.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * What has happened lately.
 */
@Component
class Timeline {

	private static final int MEMORY = 200;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private long lastId;

	synchronized Entry add(long at, String name, TimelineText text) {
		Entry entry = new Entry(++this.lastId, at, name, text.kind(), text.text());
		this.entries.add(entry);
		if (this.entries.size() > MEMORY) {
			this.entries.remove();
		}
		return entry;
	}

	synchronized List<Entry> entries() {
		return List.copyOf(this.entries);
	}

	/**
	 * One thing that happened.
	 *
	 * @param id grows with every entry
	 * @param at when, in milliseconds
	 * @param name to which node or server
	 * @param kind what kind of thing
	 * @param text what, in words
	 */
	record Entry(long id, long at, String name, Kind kind, String text) {
	}

	/** What the page draws differently. */
	enum Kind {

		/** A node is to be connected to. */
		ATTEMPTING,

		/** A node could not be connected to. */
		FAILED,

		/** A node is connected. */
		CONNECTED,

		/** A node is connected no more. */
		LOST,

		/** What is known of a node grows old. */
		SUBSCRIPTION_LOST,

		/** What is known of a node is right again. */
		SUBSCRIPTION_RECOVERED,

		/** Something about the server of this instance. */
		SERVER,

		/** Somebody pressed a button. */
		ACTION,

		/** Another node told this one something. */
		LOG

	}

}
