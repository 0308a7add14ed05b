package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/**
 * What tests of a server need on each kind of socket. A subclass is a parameterized class
 * over {@link ServerKind}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ServerTestCase {

	@Parameter
	ServerKind kind;

	@TempDir
	Path directory;

	/** For handlers to tell what they see. */
	final BlockingQueue<Object> log = new LinkedBlockingQueue<>();

	NettyTransport transport;

	TcpServerBuilder<SocketAddress, Object> builder;

	/** Closed after the test, if set. */
	TcpServer<SocketAddress, Object> server;

	@BeforeEach
	void openTransport() {
		this.transport = this.kind.newTransport();
		this.builder = TcpServer.builder(this.kind.where(this.directory)).transport(this.transport);
	}

	@AfterEach
	void closeAll() throws Exception {
		if (this.server != null) {
			this.server.closeAsync(CloseExisting.YES).get(60, TimeUnit.SECONDS);
		}
		if (this.transport != null) {
			this.transport.closeAsync().get(60, TimeUnit.SECONDS);
		}
	}

	PlainClient connect() throws Exception {
		return PlainClient.connect(this.server);
	}

	void awaitConnections(int number) throws Exception {
		while (this.server.numConnections() != number) {
			EventLoops.turn(this.transport);
		}
	}

}
