package io.persistentconn.tcp;

import java.util.Optional;

import io.netty.buffer.ByteBuf;

/**
 * {@link TcpReader#read()}.
 */
final class ReadChunk extends ReadOperation<Optional<ByteBuf>> {

	@Override
	boolean advance(InboundBuffer inbound) {
		return inbound.unread() > 0 && endWith(Optional.of(inbound.take()));
	}

	@Override
	boolean atEnd(InboundBuffer inbound) {
		return endWith(Optional.empty());
	}

	@Override
	void dispose(Optional<ByteBuf> unwanted) {
		unwanted.ifPresent(ByteBuf::release);
	}

}
