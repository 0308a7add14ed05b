package io.persistentconn.rpc;

/**
 * What is computed for a query, which the original tells apart in the errors that it
 * answers with.
 */
enum Computation {

	RPC(RpcKind.UNARY, "rpc"),

	BLOCKING_RPC(RpcKind.UNARY, "blocking rpc"),

	ONE_WAY_RPC(RpcKind.ONE_WAY, "one-way rpc"),

	PIPE(RpcKind.PIPE, "pipe_rpc"),

	/** Which has the name of a pipe, too. */
	STATE(RpcKind.STATE, "pipe_rpc");

	private final RpcKind kind;

	private final String name;

	Computation(RpcKind kind, String name) {
		this.kind = kind;
		this.name = name;
	}

	RpcKind kind() {
		return this.kind;
	}

	boolean isStream() {
		return this.kind == RpcKind.PIPE || this.kind == RpcKind.STATE;
	}

	/** Where a handler failed. */
	String location() {
		return "server-side " + this.name + " computation";
	}

	/** What could not be decoded if a query could not. */
	String query() {
		return isStream() ? "streaming_rpc server-side query" : "server-side rpc query";
	}

}
