package io.persistentconn.rpc;

import java.util.Optional;

import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * A call of this side that is about to be sent, for an {@link RpcInterceptor}. Not thread
 * safe.
 */
public final class OutgoingCall {

	private final RpcConnection connection;

	private final RpcId rpc;

	private final RpcKind kind;

	private @Nullable QueryMetadata metadata;

	OutgoingCall(RpcConnection connection, RpcId rpc, RpcKind kind, @Nullable QueryMetadata metadata) {
		this.connection = connection;
		this.rpc = rpc;
		this.kind = kind;
		this.metadata = metadata;
	}

	/**
	 * Over which the call is sent.
	 * @return the connection, which may have closed
	 */
	public RpcConnection connection() {
		return this.connection;
	}

	/**
	 * Which RPC is called.
	 * @return its name and version
	 */
	public RpcId rpc() {
		return this.rpc;
	}

	/**
	 * How it is answered.
	 * @return the kind of the RPC
	 */
	public RpcKind kind() {
		return this.kind;
	}

	/**
	 * What is sent along, as the caller and the interceptors before this one have it.
	 * @return the metadata, of which older versions of the protocol carry less
	 */
	public Optional<QueryMetadata> metadata() {
		return Optional.ofNullable(this.metadata);
	}

	/**
	 * Sends a text along, besides what is sent anyway.
	 * @param key of the text; one that is there under it already is replaced
	 * @param payload the text
	 */
	public void addMetadata(long key, String payload) {
		QueryMetadata before = this.metadata;
		this.metadata = ((before != null) ? before : QueryMetadata.NONE).with(key, payload);
	}

	/**
	 * Sends this along, and nothing else.
	 * @param replacement what to send
	 */
	public void replaceMetadata(QueryMetadata replacement) {
		this.metadata = replacement;
	}

}
