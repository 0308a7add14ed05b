package io.persistentconn.connection;

import java.util.concurrent.CompletionStage;

/**
 * Makes one connection. Source: rules C1, C9 and C11.
 *
 * @param <A> the type of addresses
 * @param <C> the type of connections
 */
@FunctionalInterface
public interface Connector<A, C> {

	/**
	 * Connects. Called by the owner, so it must not block. A connection that is delivered
	 * after the attempt was {@linkplain ConnectContext#interrupt() interrupted} is closed
	 * at once.
	 * @param context what there is to know about the attempt, and the way to end it all
	 * @param address where to connect to
	 * @return a stage that completes with the connection, which then belongs to the
	 * persistent connection
	 * @throws Exception costs this attempt, as does a stage that fails
	 */
	CompletionStage<? extends C> connect(ConnectContext context, A address) throws Exception;

}
