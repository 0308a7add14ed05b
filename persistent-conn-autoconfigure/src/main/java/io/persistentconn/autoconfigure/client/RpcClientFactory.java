package io.persistentconn.autoconfigure.client;

import java.lang.reflect.Proxy;
import java.time.Duration;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.contract.RpcContractException;
import io.persistentconn.autoconfigure.contract.RpcContracts;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.Protocol;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes clients of annotated contracts.
 */
public final class RpcClientFactory {

	/** The name of the bean that is a factory. */
	public static final String BEAN = "persistentConnRpcClientFactory";

	private final PersistentConnProperties properties;

	private final PersistentConnections connections;

	private final SingletonSupplier<RpcContracts> contracts;

	/**
	 * Creates a factory.
	 * @param properties say how long calls wait for a connection
	 * @param connections the connections
	 * @param beans have the codecs
	 */
	public RpcClientFactory(PersistentConnProperties properties, PersistentConnections connections,
			ListableBeanFactory beans) {
		this.properties = properties;
		this.connections = connections;
		this.contracts = SingletonSupplier.of(() -> new RpcContracts(beans));
	}

	/**
	 * Makes a client.
	 * @param type the contract, an interface
	 * @param connection the name of a connection
	 * @param <T> the type of the contract
	 * @return calls over the connection; may be used from any thread
	 * @throws RpcContractException if the interface is no contract, or there is no such
	 * connection of RPCs
	 */
	public <T> T client(Class<T> type, String connection) {
		ConnectionProperties entry = this.properties.connections().get(connection);
		if (entry != null && entry.protocol() != Protocol.RPC) {
			throw refusal(type, "its connection '" + connection + "' is none of RPCs, as its protocol is tcp", null);
		}
		Calls calls = new Calls(connection(type, connection),
				(entry != null) ? entry.calls().waitForConnection() : Duration.ZERO);
		ClientProxy proxy = new ClientProxy(type, calls, this.contracts.obtain().client(type));
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, proxy));
	}

	private PersistentConnection<RpcConnection> connection(Class<?> type, String name) {
		try {
			return this.connections.rpc(name);
		}
		catch (IllegalArgumentException ex) {
			throw refusal(type, "its connection '" + name + "' cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static RpcContractException refusal(Class<?> type, String problem, @Nullable Throwable cause) {
		return new RpcContractException(type.getName(), problem,
				"Let the connection of its @ImportRpcClients be one of persistent-conn.connections with protocol: rpc",
				cause);
	}

}
