package io.persistentconn.rpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * What a side says of who it is, for the other to show or to check. The octets mean what
 * the applications agree upon.
 */
public final class Identification {

	private final byte[] octets;

	private Identification(byte[] octets) {
		this.octets = octets;
	}

	/**
	 * Creates one from octets.
	 * @param octets copied
	 * @return the identification
	 */
	public static Identification of(byte[] octets) {
		return new Identification(octets.clone());
	}

	/**
	 * Creates one from text.
	 * @param text any
	 * @return the identification, in UTF-8
	 */
	public static Identification of(String text) {
		return new Identification(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The octets.
	 * @return a copy
	 */
	public byte[] octets() {
		return this.octets.clone();
	}

	/**
	 * The octets as text.
	 * @return the text; what is not UTF-8 is replaced
	 */
	public String text() {
		return new String(this.octets, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Identification identification && Arrays.equals(this.octets, identification.octets);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.octets);
	}

	/**
	 * Prints for people.
	 * @return the text, or hexadecimal digits if it is none
	 */
	@Override
	public String toString() {
		return ByteBufUtil.isText(Unpooled.wrappedBuffer(this.octets), StandardCharsets.UTF_8) ? text()
				: HexFormat.of().formatHex(this.octets);
	}

}
