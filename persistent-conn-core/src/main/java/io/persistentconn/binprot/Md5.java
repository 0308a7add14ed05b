package io.persistentconn.binprot;

import java.util.HexFormat;

/**
 * An MD5 digest, such as that of a {@link BinShape}. It prints as 32 hexadecimal digits.
 *
 * @param high the first eight bytes, as a big-endian number
 * @param low the last eight bytes
 */
public record Md5(long high, long low) {

	/** How many bytes a digest has. */
	public static final int BYTES = 16;

	/**
	 * Parses hexadecimal digits.
	 * @param digits 32 of them
	 * @return the digest
	 * @throws IllegalArgumentException if they are not that
	 */
	public static Md5 ofHex(String digits) {
		if (digits.length() != 2 * BYTES) {
			throw new IllegalArgumentException("digest: " + digits + " (expected: 32 hexadecimal digits)");
		}
		return new Md5(HexFormat.fromHexDigitsToLong(digits, 0, BYTES),
				HexFormat.fromHexDigitsToLong(digits, BYTES, 2 * BYTES));
	}

	@Override
	public String toString() {
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(this.high) + hex.toHexDigits(this.low);
	}

}
