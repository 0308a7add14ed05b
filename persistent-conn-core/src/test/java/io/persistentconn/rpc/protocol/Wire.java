package io.persistentconn.rpc.protocol;

import java.util.HexFormat;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinReader;

/**
 * Bytes as hexadecimal digits, which may be grouped by spaces.
 */
final class Wire {

	private Wire() {
	}

	/** What is written. */
	static String written(Consumer<ByteBuf> writing) {
		return HexFormat.of().formatHex(bytes(writing));
	}

	static byte[] bytes(Consumer<ByteBuf> writing) {
		ByteBuf out = Unpooled.buffer();
		writing.accept(out);
		byte[] bytes = new byte[out.readableBytes()];
		out.readBytes(bytes);
		return bytes;
	}

	static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	static String hex(String grouped) {
		return grouped.replace(" ", "");
	}

	static BinReader reader(String hex) {
		return reader(bytes(hex));
	}

	static BinReader reader(byte[] bytes) {
		return new BinReader().reset(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
	}

	/** What a handler is told of a message. */
	static Object read(String hex) {
		return read(bytes(hex));
	}

	static Object read(byte[] message) {
		LastMessage last = new LastMessage();
		new MessageReader().read(reader(message), last);
		return last.message();
	}

}
