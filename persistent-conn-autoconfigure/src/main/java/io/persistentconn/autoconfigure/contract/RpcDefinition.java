package io.persistentconn.autoconfigure.contract;

import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.StateRpc;

/**
 * An RPC of one of the four kinds, with the arguments of a method as its query.
 */
public sealed interface RpcDefinition {

	/**
	 * Names the kind.
	 * @return the kind, for people
	 */
	String kind();

	/**
	 * One answer.
	 *
	 * @param rpc the RPC
	 */
	record Unary(Rpc<Object[], Object> rpc) implements RpcDefinition {

		@Override
		public String kind() {
			return "unary";
		}

	}

	/**
	 * No answer.
	 *
	 * @param rpc the RPC
	 */
	record OneWay(OneWayRpc<Object[]> rpc) implements RpcDefinition {

		@Override
		public String kind() {
			return "one-way";
		}

	}

	/**
	 * A stream.
	 *
	 * @param rpc the RPC
	 */
	record Pipe(PipeRpc<Object[], Object, Object> rpc) implements RpcDefinition {

		@Override
		public String kind() {
			return "pipe";
		}

	}

	/**
	 * A state, then a stream of its updates.
	 *
	 * @param rpc the RPC
	 */
	record State(StateRpc<Object[], Object, Object, Object> rpc) implements RpcDefinition {

		@Override
		public String kind() {
			return "state";
		}

	}

}
