package io.persistentconn.autoconfigure.event;

import org.springframework.context.ApplicationEvent;

/**
 * Something happened to a persistent connection, a server or a subscription. Published in
 * order for each of them, on a thread that may block, by
 * {@link PersistentConnEventPublisher}.
 */
@SuppressWarnings("serial")
public abstract sealed class PersistentConnEvent extends ApplicationEvent
		permits PersistentConnectionEvent, ServerEvent, SubscriptionEvent {

	private final String name;

	PersistentConnEvent(Object source, String name) {
		super(source);
		this.name = name;
	}

	/**
	 * To which connection, server or subscription it happened.
	 * @return its name
	 */
	public String name() {
		return this.name;
	}

	/** What there is to say beyond the name, for {@link #toString()}. */
	abstract String details();

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[" + this.name + details() + "]";
	}

}
