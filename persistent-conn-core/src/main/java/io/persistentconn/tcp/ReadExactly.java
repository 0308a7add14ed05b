package io.persistentconn.tcp;

import java.net.SocketAddress;

/**
 * {@link TcpReader#readExactly}.
 */
final class ReadExactly extends ReadOperation<byte[]> {

	private final SocketAddress peer;

	private final int length;

	ReadExactly(SocketAddress peer, int length) {
		this.peer = peer;
		this.length = length;
	}

	@Override
	boolean advance(InboundBuffer inbound) {
		if (inbound.unread() < this.length) {
			return false;
		}
		byte[] bytes = new byte[this.length];
		inbound.bytes().readBytes(bytes);
		return endWith(bytes);
	}

	@Override
	boolean atEnd(InboundBuffer inbound) {
		throw new EndOfStreamException(this.peer, inbound.unread(), this.length + " bytes");
	}

	@Override
	int wanted(int readerBufferSize) {
		return Math.max(readerBufferSize, this.length);
	}

}
