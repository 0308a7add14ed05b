package io.persistentconn.benchmarks;

/**
 * Who is compared by {@link RpcBenchmark}. Each has one event loop on each side, and does
 * all its work there.
 */
enum RpcImplementation {

	/** The yardstick: frames alone, with neither names nor ids of calls. */
	BARE_NETTY("bare Netty, frames") {

		@Override
		int listen() throws Exception {
			return BareNettyRpc.listen();
		}

		@Override
		RpcClient connect(int port) throws Exception {
			return new BareNettyRpc(port);
		}

	},

	PIPE("persistent-conn, pipe to pipe") {

		@Override
		int listen() {
			return OurRpc.listen();
		}

		@Override
		RpcClient connect(int port) {
			return new OurRpc(port, false);
		}

	},

	DIRECT("persistent-conn, direct to iter") {

		@Override
		int listen() {
			return OurRpc.listen();
		}

		@Override
		RpcClient connect(int port) {
			return new OurRpc(port, true);
		}

	},

	GRPC("grpc-java") {

		@Override
		int listen() throws Exception {
			return GrpcRpc.listen();
		}

		@Override
		RpcClient connect(int port) {
			return new GrpcRpc(port);
		}

	},

	RSOCKET("rsocket-java") {

		@Override
		int listen() {
			return RSocketRpc.listen();
		}

		@Override
		RpcClient connect(int port) {
			return new RSocketRpc(port);
		}

	};

	private final String title;

	RpcImplementation(String title) {
		this.title = title;
	}

	/** Starts a server on the loopback interface, for as long as the process lives. */
	abstract int listen() throws Exception;

	abstract RpcClient connect(int port) throws Exception;

	String title() {
		return this.title;
	}

}
