package io.persistentconn.tcp;

import io.netty.buffer.ByteBuf;

/**
 * Handles received bytes in place. See {@link TcpReader#forEachChunk}.
 */
@FunctionalInterface
public interface ChunkHandler {

	/**
	 * Called on the connection's event loop with all bytes not consumed so far; must not
	 * block.
	 * @param chunk the reader's own buffer, valid during this call only. What the handler
	 * consumes it reads, moving the reader index; the rest stays for the next call. It
	 * must not release the buffer nor keep it; a part is kept by
	 * {@link ByteBuf#readRetainedSlice(int)}, and then released by the handler
	 * @return whether and when to go on
	 * @throws Exception ends the loop, whose future fails with it
	 */
	ChunkResult onChunk(ByteBuf chunk) throws Exception;

}
