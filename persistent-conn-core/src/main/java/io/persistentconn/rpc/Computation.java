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

	/** Where a query could not be decoded. */
	String queryLocation() {
		return (this == STREAM) ? "streaming_rpc server-side query un-bin-io'ing"
				: "server-side rpc query un-bin-io'ing";
	}

}
