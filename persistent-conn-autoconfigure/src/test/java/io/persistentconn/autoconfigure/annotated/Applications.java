package io.persistentconn.autoconfigure.annotated;

import java.time.Duration;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.rpc.RpcConnection;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * Applications with services on the server {@code quotes}, and clients over the
 * connection {@code quotes}.
 */
final class Applications {

	static final Duration LONG = Duration.ofSeconds(60);

	static final String SERVER = "persistent-conn.servers.quotes.";

	static final String CONNECTION = "persistent-conn.connections.quotes.";

	private Applications() {
	}

	/** A server, with these services and configurations. */
	static ApplicationContextRunner server(Class<?>... types) {
		return Contexts.runner(SERVER + "protocol=rpc", SERVER + "port=0").withUserConfiguration(types);
	}

	/** A server, and a connection to it. */
	static ApplicationContextRunner both(Class<?>... types) {
		return server(types).withUserConfiguration(ToOwnServer.class)
			.withPropertyValues(CONNECTION + "protocol=rpc", CONNECTION + "retry-delay=20ms",
					CONNECTION + "calls.wait-for-connection=60s");
	}

	/** The client of a contract, of which there may be a service as well. */
	static <T> T client(ApplicationContext context, Class<T> contract) {
		return context.getBean("quotes#" + contract.getName(), contract);
	}

	/** A client that was made without Spring, connected. */
	static RpcConnection connect(ApplicationContext context, RpcPeer peer) {
		return peer.connect(context.getBean(TcpServers.class).get("quotes"));
	}

	/** The connection of the application, established. */
	static RpcConnection connection(ApplicationContext context) throws InterruptedException {
		return context.getBean(PersistentConnections.class).rpc("quotes").awaitConnected(LONG);
	}

}
