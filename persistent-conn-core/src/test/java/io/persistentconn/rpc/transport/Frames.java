package io.persistentconn.rpc.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Frames by another hand than the code under test.
 */
final class Frames {

	private Frames() {
	}

	/** Each text in a frame of its own, one after another. */
	static byte[] of(String... messages) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (String message : messages) {
			byte[] bytes = message.getBytes(UTF_8);
			stream.writeBytes(length(bytes.length));
			stream.writeBytes(bytes);
		}
		return stream.toByteArray();
	}

	/** The length alone. */
	static byte[] length(long length) {
		return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
	}

	/** Encodes a text. */
	static FrameEncoder encoder(String message) {
		return (buffer) -> buffer.writeCharSequence(message, UTF_8);
	}

}
