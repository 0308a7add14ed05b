package io.persistentconn.tcp;

/**
 * What a server has counted since it was built.
 *
 * @param accepted clients accepted in order to be handled
 * @param rejected clients accepted and closed at once: dropped, or more than allowed
 * @param handlerErrors handlers that threw, or whose stage failed
 * @param limitReached how often the number of clients reached the limit
 * @param failedAccepts how often accepting failed, such as for want of descriptors
 */
public record TcpServerCounters(long accepted, long rejected, long handlerErrors, long limitReached,
		long failedAccepts) {
}
