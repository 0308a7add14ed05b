package io.persistentconn.sample;

/**
 * Who a node is.
 *
 * @param name the process and its machine, as in {@code 4711@host}
 * @param java the version of its virtual machine
 * @param system the operating system
 * @param processors how many it may use
 * @param started when it was started, in milliseconds, by its own clock
 */
record NodeInfo(String name, String java, String system, int processors, long started) {
}
