package io.persistentconn.binprot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * How the real {@code bin_shape} makes the digest of a whole from those of its parts: MD5
 * of texts and of the parts' digests, one after another.
 */
record ShapeDigest(Md5 value) {

	static ShapeDigest of(String text) {
		return md5(text, List.of());
	}

	static ShapeDigest pair(ShapeDigest first, ShapeDigest second) {
		return md5("", List.of(first, second));
	}

	static ShapeDigest list(List<ShapeDigest> elements) {
		return md5("", elements);
	}

	static ShapeDigest constructor(String name, List<ShapeDigest> arguments) {
		return md5(name, List.of(list(arguments)));
	}

	private static ShapeDigest md5(String text, List<ShapeDigest> parts) {
		byte[] name = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer input = ByteBuffer.allocate(name.length + parts.size() * Md5.BYTES).put(name);
		parts.forEach((part) -> input.putLong(part.value().high()).putLong(part.value().low()));
		ByteBuffer output = ByteBuffer.wrap(algorithm().digest(input.array()));
		return new ShapeDigest(new Md5(output.getLong(), output.getLong()));
	}

	private static MessageDigest algorithm() {
		try {
			return MessageDigest.getInstance("MD5");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has MD5", ex);
		}
	}

}
