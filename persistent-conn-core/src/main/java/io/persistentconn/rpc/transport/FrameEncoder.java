package io.persistentconn.rpc.transport;

import io.netty.buffer.ByteBuf;

/**
 * Encodes one message in place. See {@link MessageTransport#send(FrameEncoder)}.
 */
@FunctionalInterface
public interface FrameEncoder {

	/**
	 * Appends the message.
	 * @param buffer the transport's outbound buffer, which may hold other messages:
	 * append only, and set only what was appended here. It must not be kept
	 */
	void encode(ByteBuf buffer);

}
