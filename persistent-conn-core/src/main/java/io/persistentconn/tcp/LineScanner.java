package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines in unread bytes, looking at every byte once. Malformed UTF-8 becomes the
 * replacement character.
 */
final class LineScanner {

	private final SocketAddress peer;

	private final int maxLength;

	/** The first so many unread bytes have no line feed. */
	private int searched;

	LineScanner(SocketAddress peer, int maxLength) {
		this.peer = peer;
		this.maxLength = maxLength;
	}

	/** As {@link ReadOperation#wanted}: a longest line and its end must fit. */
	int wanted(int readerBufferSize) {
		return (int) Math.max(readerBufferSize, Math.min(Integer.MAX_VALUE, this.maxLength + 2L));
	}

	/**
	 * Consumes the next line and its end.
	 * @return the line, or {@code null} if its end has not come
	 * @throws DelimiterNotFoundException if it is too long
	 */
	@Nullable String next(InboundBuffer inbound) {
		ByteBuf bytes = inbound.bytes();
		int start = bytes.readerIndex();
		int end = bytes.indexOf(start + this.searched, bytes.writerIndex(), (byte) '\n');
		boolean found = end >= 0;
		if (!found) {
			end = bytes.writerIndex();
			this.searched = end - start;
		}
		int length = end - start;
		if (length > 0 && bytes.getByte(end - 1) == '\r') {
			length--;
		}
		checkLength(length);
		if (!found) {
			return null;
		}
		this.searched = 0;
		String line = bytes.toString(start, length, StandardCharsets.UTF_8);
		bytes.readerIndex(end + 1);
		return line;
	}

	/**
	 * Consumes a last line that has no end.
	 * @return the line, or {@code null} if nothing is unread
	 */
	@Nullable String last(InboundBuffer inbound) {
		if (inbound.unread() == 0) {
			return null;
		}
		checkLength(inbound.unread());
		this.searched = 0;
		return inbound.bytes().readCharSequence(inbound.unread(), StandardCharsets.UTF_8).toString();
	}

	private void checkLength(int length) {
		if (length > this.maxLength) {
			throw new DelimiterNotFoundException(this.peer,
					"sent a line that is too long (expected: at most " + this.maxLength + " bytes)");
		}
	}

}
