package io.persistentconn.autoconfigure.netty;

/**
 * Adjusts the transport of all connections and servers. All beans of this type are
 * called, in order, after the properties were applied.
 */
@FunctionalInterface
public interface NettyCustomizer {

	/**
	 * Adjusts the transport before it is built.
	 * @param builder builds it
	 */
	void customize(NettyTransportBuilder builder);

}
