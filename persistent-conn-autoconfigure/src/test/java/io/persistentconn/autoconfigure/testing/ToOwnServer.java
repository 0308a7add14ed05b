package io.persistentconn.autoconfigure.testing;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.autoconfigure.connection.AddressSource;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connects every connection of an application to its server of the same name, on whatever
 * port that listens.
 */
@Configuration(proxyBeanMethods = false)
public class ToOwnServer {

	@Bean
	AddressSource addressOfOwnServer(TcpServers servers) {
		return (name) -> Optional.of(() -> {
			TcpServer<?, ?> server = servers.get(name);
			InetSocketAddress address = new InetSocketAddress("localhost", (Integer) server.listeningOn());
			return CompletableFuture.completedStage(List.of(WhereToConnect.inet(address)));
		});
	}

}
