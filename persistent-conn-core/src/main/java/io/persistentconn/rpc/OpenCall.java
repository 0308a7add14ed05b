package io.persistentconn.rpc;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A call of this side. Used by {@link OpenCalls} on the owner only; each call ends once,
 * by {@link #failed} or when one of the others says so.
 */
interface OpenCall {

	RpcId rpc();

	/** Is about to be sent under an id. */
	void begin(long id);

	/** Appends the query. May be called once. */
	void encode(OpenCalls calls, ByteBuf out);

	/** Whether there is anything to wait for when the query was sent. */
	default boolean expectsResponse() {
		return true;
	}

	/** The query was sent, and no response is expected. */
	default void sent() {
	}

	/**
	 * A response came.
	 * @param data limited to the payload
	 * @return whether it was the last one, so that the id can be forgotten
	 */
	boolean response(BinReader data);

	/**
	 * The peer reported an error.
	 * @return whether that is the end, so that the id can be forgotten
	 */
	boolean error(RpcError error);

	/** There will be no response. */
	void failed(RpcError error, @Nullable Throwable cause);

}
