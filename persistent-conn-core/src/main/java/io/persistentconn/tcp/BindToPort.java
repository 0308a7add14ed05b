package io.persistentconn.tcp;

import java.io.Serializable;

/**
 * Which port a server listens on. Source: {@code Bind_to_port} of the seed on TCP.
 *
 * @param port 0 to 65535; 0 lets the OS choose
 */
public record BindToPort(int port) implements Serializable {

	/**
	 * Creates a choice of port.
	 * @param port 0 to 65535; 0 lets the OS choose
	 * @throws IllegalArgumentException if the port is out of range
	 */
	public BindToPort {
		HostAndPort.checkPort("port", port);
	}

	/**
	 * A given port.
	 * @param port 0 to 65535; 0 is {@link #chosenByOs()}
	 * @return that port
	 * @throws IllegalArgumentException if the port is out of range
	 */
	public static BindToPort onPort(int port) {
		return new BindToPort(port);
	}

	/**
	 * Any port that is free.
	 * @return the OS's choice, made anew on every start
	 */
	public static BindToPort chosenByOs() {
		return new BindToPort(0);
	}

	/**
	 * Whether the OS chooses.
	 * @return {@code true} if the port is 0
	 */
	public boolean isChosenByOs() {
		return this.port == 0;
	}

}
