package io.persistentconn.rpc;

/**
 * What is computed for a query, which the original tells apart in the errors that it
 * answers with.
 */
enum Computation {

	RPC("rpc"),

	BLOCKING_RPC("blocking rpc"),

	ONE_WAY_RPC("one-way rpc"),

	/** Of a pipe or of a state. */
	STREAM("pipe_rpc");

	private final String name;

	Computation(String name) {
		this.name = name;
	}

	/** Where a handler failed. */
	String location() {
		return "server-side " + this.name + " computation";
	}

	/** What could not be decoded if a query could not. */
	String query() {
		return (this == STREAM) ? "streaming_rpc server-side query" : "server-side rpc query";
	}

}
