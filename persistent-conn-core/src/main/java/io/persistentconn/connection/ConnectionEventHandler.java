package io.persistentconn.connection;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Is told of every event and gates progress: the next step is taken only when the
 * returned stage completes. One that throws, or whose stage fails, is logged, and the
 * next step is taken all the same. Source: rules C2 and C11.
 *
 * @param <A> the type of addresses
 * @param <C> the type of connections
 */
@FunctionalInterface
public interface ConnectionEventHandler<A, C> {

	/**
	 * Handles an event. Called by the owner, one event at a time, so it must not block.
	 * @param event what happened
	 * @return a stage that completes when the next step may be taken; {@code null} if it
	 * may be taken at once
	 * @throws Exception is logged and otherwise ignored
	 */
	@Nullable CompletionStage<?> handle(ConnectionEvent<A, C> event) throws Exception;

}
