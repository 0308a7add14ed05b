package io.persistentconn.tcp;

import java.io.Serializable;

/**
 * A host, by name or literal address, and a port. The name is not looked up here.
 * <p>
 * Source: {@code Host_and_port.t}.
 *
 * @param host a host name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65535
 */
public record HostAndPort(String host, int port) implements Serializable {

	private static final String EXPECTED = " (expected: host:port or [ipv6]:port)";

	/**
	 * Creates a host and port.
	 * @param host a host name, an IPv4 address, or an IPv6 address without brackets
	 * @param port 0 to 65535
	 * @throws IllegalArgumentException if the host is blank or has spaces or brackets in
	 * it, or the port is out of range
	 */
	public HostAndPort {
		if (host.isEmpty() || host.chars().anyMatch((c) -> c <= ' ' || c == '[' || c == ']' || c == '/')) {
			throw new IllegalArgumentException("host: \"" + host + "\" (expected: a host name or an address)");
		}
		checkPort("port", port);
	}

	/**
	 * Reads {@code host:port}, such as {@code db.example.com:7000} or {@code [::1]:7000}.
	 * @param text the text
	 * @return host and port
	 * @throws IllegalArgumentException if the text does not read like that
	 */
	public static HostAndPort parse(String text) {
		int colon = text.lastIndexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException("address: \"" + text + "\"" + EXPECTED);
		}
		String host = text.substring(0, colon);
		boolean bracketed = host.startsWith("[") && host.endsWith("]");
		if (bracketed) {
			host = host.substring(1, host.length() - 1);
		}
		if (bracketed != host.contains(":")) {
			throw new IllegalArgumentException("address: \"" + text + "\"" + EXPECTED);
		}
		String digits = text.substring(colon + 1);
		if (!digits.matches("[0-9]{1,9}")) {
			throw new IllegalArgumentException(
					"port: \"" + digits + "\" in \"" + text + "\" (expected: a number from 0 to 65535)");
		}
		return new HostAndPort(host, Integer.parseInt(digits));
	}

	/**
	 * Refuses a port that is none.
	 * @param name what the message shall call it
	 * @param port the value
	 * @throws IllegalArgumentException if it is not 0 to 65535
	 */
	static void checkPort(String name, int port) {
		if (port < 0 || port > 65535) {
			throw new IllegalArgumentException(name + ": " + port + " (expected: 0 to 65535)");
		}
	}

	/**
	 * The form that {@link #parse} reads.
	 * @return host and port, the host in brackets if it has colons
	 */
	@Override
	public String toString() {
		return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
