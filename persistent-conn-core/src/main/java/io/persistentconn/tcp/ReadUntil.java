package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * {@link TcpReader#readUntil}.
 */
final class ReadUntil extends ReadOperation<Optional<byte[]>> {

	private final SocketAddress peer;

	private final ByteBuf delimiter;

	private final int maxLength;

	/** In the first so many unread bytes no delimiter begins. */
	private int searched;

	ReadUntil(SocketAddress peer, byte[] delimiter, int maxLength) {
		this.peer = peer;
		this.delimiter = Unpooled.wrappedBuffer(delimiter.clone());
		this.maxLength = maxLength;
	}

	@Override
	boolean advance(InboundBuffer inbound) {
		int length = find(inbound.bytes());
		if (length < 0) {
			this.searched = Math.max(this.searched, inbound.unread() - this.delimiter.readableBytes() + 1);
		}
		if (Math.max(length, this.searched) > this.maxLength) {
			throw new DelimiterNotFoundException(this.peer,
					"sent no delimiter (expected: one after at most " + this.maxLength + " bytes)");
		}
		if (length < 0) {
			return false;
		}
		byte[] found = new byte[length];
		inbound.bytes().readBytes(found).skipBytes(this.delimiter.readableBytes());
		return endWith(Optional.of(found));
	}

	@Override
	boolean atEnd(InboundBuffer inbound) {
		if (inbound.unread() == 0) {
			return endWith(Optional.empty());
		}
		throw new EndOfStreamException(this.peer, inbound.unread(), "a delimiter");
	}

	@Override
	int wanted(int readerBufferSize) {
		return (int) Math.max(readerBufferSize,
				Math.min(Integer.MAX_VALUE, (long) this.maxLength + this.delimiter.readableBytes()));
	}

	private int find(ByteBuf bytes) {
		ByteBuf rest = bytes.slice(bytes.readerIndex() + this.searched, bytes.readableBytes() - this.searched);
		int index = ByteBufUtil.indexOf(this.delimiter, rest);
		return (index < 0) ? -1 : this.searched + index;
	}

}
