package io.persistentconn.autoconfigure.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event loops and sockets of all connections and servers.
 *
 * @param transport Sockets to use. With "auto", epoll where it can be used, else NIO.
 * @param eventLoopThreads Number of event loops. With 0, twice the number of processors.
 */
public record NettyProperties(@DefaultValue("auto") Transport transport, @DefaultValue("0") int eventLoopThreads) {

	/**
	 * Ways to the sockets of the operating system.
	 */
	public enum Transport {

		/** Epoll where it can be used, else NIO. */
		AUTO,

		/** The sockets of the JDK, on every platform. */
		NIO,

		/** Linux only. */
		EPOLL

	}

}
