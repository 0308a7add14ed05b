package io.persistentconn.sample;

import java.time.Duration;
import java.util.List;

/**
 * What to watch.
 *
 * @param nodes the instances, as {@code host:port} of their vitals
 * @param retryDelay time between two attempts to connect
 * @param silence time without a word after which a node is taken for dead
 */
record FleetProperties(List<String> nodes, Duration retryDelay, Duration silence) {
}
