package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.Type;
import java.net.SocketAddress;
import java.util.Optional;

import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * An argument of a handler that is no part of the query, but tells about its caller.
 */
enum CallerArgument {

	CONTEXT {

		@Override
		Object of(RpcContext context) {
			return context;
		}

	},

	CONNECTION {

		@Override
		Object of(RpcContext context) {
			return context.connection();
		}

	},

	REMOTE_ADDRESS {

		@Override
		Object of(RpcContext context) {
			return context.connection().remoteAddress();
		}

	},

	METADATA {

		@Override
		@Nullable Object of(RpcContext context) {
			return context.metadata().orElse(null);
		}

	},

	OPTIONAL_METADATA {

		@Override
		Object of(RpcContext context) {
			return context.metadata();
		}

	};

	private static final ResolvableType OPTIONAL = ResolvableType.forClassWithGenerics(Optional.class,
			QueryMetadata.class);

	/** Which one a parameter is, if it is no part of the query. */
	static @Nullable CallerArgument of(Type type) {
		if (type == RpcContext.class) {
			return CONTEXT;
		}
		if (type == RpcConnection.class) {
			return CONNECTION;
		}
		if (type == SocketAddress.class) {
			return REMOTE_ADDRESS;
		}
		if (type == QueryMetadata.class) {
			return METADATA;
		}
		return ResolvableType.forType(type).toString().equals(OPTIONAL.toString()) ? OPTIONAL_METADATA : null;
	}

	/** Its value in one call. */
	abstract @Nullable Object of(RpcContext context);

}
