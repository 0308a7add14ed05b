package io.persistentconn.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ParameterizedClass
@EnumSource(names = { "NIO_INET", "EPOLL_INET" })
@Tag("T6")
class TcpServerTlsTests extends ServerTestCase {

	@TempDir
	static Path certificateDirectory;

	private static SslContext serverContext;

	private static SSLSocketFactory clients;

	@BeforeAll
	static void makeCertificate() throws Exception {
		TestCertificate certificate = TestCertificate.create(certificateDirectory, "dns:localhost,ip:127.0.0.1");
		serverContext = certificate.forServer();
		clients = ((JdkSslContext) certificate.forClient().sslProvider(SslProvider.JDK).build()).context()
			.getSocketFactory();
	}

	@Test
	void theHandlerIsCalledAfterTheHandshakeAndMissesNothing() throws Exception {
		this.server = this.builder.ssl(serverContext).start((client, reader, writer) -> {
			this.log.add(client);
			return reader.transferTo(writer);
		}).join();
		for (int i = 0; i < 10; i++) {
			try (SSLSocket client = connectTls()) {
				// The first bytes come in the same flight as the end of the handshake.
				client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
				assertThat(receive(client, 5)).isEqualTo("hello");
				assertThat(this.log.take()).isEqualTo(client.getLocalSocketAddress());
			}
		}
		awaitConnections(0);
	}

	@Test
	void aBareSocketDecryptsToo() throws Exception {
		this.server = this.builder.ssl(serverContext).startSock((client, socket) -> {
			this.log.add(socket.pipeline().get(SslHandler.class).handshakeFuture().isSuccess());
			return TestHandlers.echo().handle(client, socket);
		}).join();
		try (SSLSocket client = connectTls()) {
			client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
			assertThat(receive(client, 5)).isEqualTo("hello");
			assertThat(this.log.take()).isEqualTo(true);
		}
	}

	@Test
	void aClientThatSpeaksNoTlsCostsItsOwnConnection() throws Exception {
		this.server = this.builder.ssl(serverContext)
			.onHandlerError(HandlerErrorPolicy.raise())
			.startSock(TestHandlers.echo())
			.join();
		try (PlainClient garbage = connect(); PlainClient silent = connect()) {
			garbage.send("GET / HTTP/1.1\r\n\r\n");
			garbage.awaitClosed();
			silent.disconnect();
		}
		awaitConnections(0);
		try (SSLSocket client = connectTls()) {
			client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
			assertThat(receive(client, 5)).isEqualTo("hello");
		}
		assertThat(this.server.counters()).isEqualTo(new TcpServerCounters(3, 0, 0, 0, 0));
	}

	@Test
	void theContextIsAskedForEveryClientAndMayFail() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		this.server = this.builder.ssl(() -> {
			if (asked.incrementAndGet() == 1) {
				throw new IllegalStateException("expected");
			}
			return serverContext;
		}, Duration.ofSeconds(60)).startSock(TestHandlers.echo()).join();
		try (PlainClient unlucky = connect()) {
			unlucky.awaitClosed();
		}
		try (SSLSocket client = connectTls()) {
			client.startHandshake();
		}
		assertThat(asked).hasValue(2);
	}

	@Test
	@Tag("T12")
	void aContextForClientsIsRefused() throws Exception {
		SslContext forClients = TestCertificate.create(certificateDirectory, "dns:localhost").forClient().build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.ssl(forClients))
			.withMessage("context: for clients (expected: for servers)");
	}

	@Test
	void aClientThatDoesNotTrustTheServerCostsItsOwnConnection() throws Exception {
		this.server = this.builder.ssl(serverContext).startSock(TestHandlers.echo()).join();
		InetSocketAddress address = (InetSocketAddress) this.server.listeningOnAddress();
		try (SSLSocket distrustful = (SSLSocket) SSLSocketFactory.getDefault()
			.createSocket(address.getAddress(), address.getPort())) {
			assertThatExceptionOfType(IOException.class).isThrownBy(distrustful::startHandshake);
		}
		awaitConnections(0);
		assertThat(this.server.isListening()).isTrue();
	}

	private SSLSocket connectTls() throws IOException {
		InetSocketAddress address = (InetSocketAddress) this.server.listeningOnAddress();
		return (SSLSocket) clients.createSocket(InetAddress.getLoopbackAddress(), address.getPort());
	}

	private static String receive(SSLSocket client, int length) throws IOException {
		InputStream stream = client.getInputStream();
		return new String(stream.readNBytes(length), StandardCharsets.UTF_8);
	}

}
