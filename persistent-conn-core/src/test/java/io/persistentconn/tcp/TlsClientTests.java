package io.persistentconn.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.SslContext;
import io.persistentconn.concurrent.VirtualTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ParameterizedClass
@EnumSource(value = ServerKind.class, names = { "NIO_INET", "EPOLL_INET" })
@Timeout(120)
@Tag("T2")
class TlsClientTests {

	@TempDir
	static Path directory;

	private static TestCertificate certificate;

	@Parameter
	ServerKind kind;

	private NettyTransport transport;

	private ServerSocket listener;

	private TcpClient client;

	@BeforeAll
	static void makeCertificate() throws Exception {
		certificate = TestCertificate.create(directory, "dns:peer.example,ip:127.0.0.1");
	}

	@BeforeEach
	void open() throws IOException {
		this.transport = this.kind.newTransport();
		this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }));
		this.client = TcpClient.over(this.transport)
			.withResolver((host) -> List.of(this.listener.getInetAddress()), Runnable::run);
	}

	@AfterEach
	void close() throws IOException {
		this.listener.close();
		Loopback.get(this.transport.closeAsync());
	}

	@Test
	void theConnectionIsEncryptedAndItsEndIsAuthentic() throws Exception {
		CompletableFuture<SSLSocket> accepting = acceptTls();
		TcpConnection<InetSocketAddress> connection = Loopback
			.get(this.client.connect(host("peer.example"), options()));
		try (SSLSocket peer = Loopback.get(accepting)) {
			connection.writer().write("secret");
			assertThat(peer.getInputStream().readNBytes(6)).isEqualTo("secret".getBytes(UTF_8));
			peer.getOutputStream().write("answer".getBytes(UTF_8));
			peer.shutdownOutput();
			assertThat(Loopback.get(connection.reader().readLine())).contains("answer");
			assertThat(Loopback.get(connection.reader().readLine())).isEmpty();
			Loopback.get(connection.closeFinished());
			assertThat(connection.closeReason()).get().isInstanceOf(PeerClosedException.class);
			assertThat(peer.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void aCleanCloseDeliversMegabytesAndTheFarewell() throws Exception {
		CompletableFuture<SSLSocket> accepting = acceptTls();
		TcpConnection<?> connection = Loopback.get(this.client.connect(address(), options()));
		try (SSLSocket peer = Loopback.get(accepting)) {
			connection.writer().write(new byte[4_000_000]);
			CompletableFuture<Void> closed = connection.closeAsync();
			assertThat(peer.getInputStream().readAllBytes()).hasSize(4_000_000);
			Loopback.get(closed);
			assertThat(connection.closeReason()).isEmpty();
		}
	}

	@Test
	void aCertificateForAnotherHostIsRefusedUnlessTheContextSaysOtherwise() throws Exception {
		long before = OpenSockets.count();
		acceptTls();
		Throwable error = Loopback.failureOf(this.client.connect(host("other.example"), options()));
		assertThat(error).isExactlyInstanceOf(ConnectFailedException.class)
			.hasCauseInstanceOf(SSLException.class)
			.hasMessageContaining("other.example");
		CompletableFuture<SSLSocket> accepting = acceptTls();
		SslContext anyHost = certificate.forClient().endpointIdentificationAlgorithm("").build();
		TcpConnection<?> connection = Loopback
			.get(this.client.connect(host("other.example"), ConnectOptions.defaults().withSsl(anyHost)));
		Loopback.get(accepting).close();
		Loopback.get(connection.closeAsync());
		EventLoops.turn(this.transport);
		assertThat(OpenSockets.count()).isLessThanOrEqualTo(before + 1);
	}

	@Test
	void aCertificateThatIsNotTrustedIsRefused() throws Exception {
		SslContext trustsOthers = TestCertificate.create(directory, "dns:peer.example").forClient().build();
		acceptTls();
		assertThat(Loopback
			.failureOf(this.client.connect(host("peer.example"), ConnectOptions.defaults().withSsl(trustsOthers))))
			.isExactlyInstanceOf(ConnectFailedException.class)
			.hasCauseInstanceOf(SSLException.class);
	}

	@Test
	void theTimeoutCoversTheHandshake() throws Exception {
		VirtualTimeSource time = new VirtualTimeSource();
		CompletableFuture<?> connecting = this.client.connect(address(), options().withTimeSource(time));
		try (Socket silent = this.listener.accept()) {
			assertThat(silent.getInputStream().read()).as("a TLS record begins").isEqualTo(22);
			time.advanceBy(Duration.ofSeconds(10).minusNanos(1));
			EventLoops.turn(this.transport);
			assertThat(connecting).isNotDone();
			time.advanceBy(Duration.ofNanos(1));
			assertThat(Loopback.failureOf(connecting)).isInstanceOf(ConnectTimedOutException.class)
				.hasMessageContaining("while establishing the connection to ");
			InputStream rest = silent.getInputStream();
			while (rest.read() >= 0) {
				// What was left of the handshake; then the end.
			}
		}
	}

	@Test
	void aPeerThatHangsUpDuringTheHandshakeIsNamed() throws Exception {
		CompletableFuture<?> connecting = this.client.connect(address(), options());
		this.listener.accept().close();
		assertThat(Loopback.failureOf(connecting)).isExactlyInstanceOf(ConnectFailedException.class);
	}

	@Test
	void aStreamThatIsCutOffIsNotAnEnd() throws Exception {
		CompletableFuture<Socket> raw = new CompletableFuture<>();
		CompletableFuture<SSLSocket> accepting = acceptTls(raw);
		TcpConnection<?> connection = Loopback.get(this.client.connect(address(), options()));
		SSLSocket peer = Loopback.get(accepting);
		peer.getOutputStream().write("all of it? \n".getBytes(UTF_8));
		assertThat(Loopback.get(connection.reader().readLine())).contains("all of it? ");
		Loopback.get(raw).close();
		assertThat(Loopback.failureOf(connection.reader().readLine())).isInstanceOf(ConnectionResetException.class);
		assertThat(connection.closeReason()).get().isInstanceOf(ConnectionResetException.class);
	}

	@Test
	@Tag("T4")
	void aPeerThatDoesNotReadIsGivenUpAtOnceAfterTheBufferAgeLimit() throws Exception {
		VirtualTimeSource time = new VirtualTimeSource();
		CompletableFuture<SSLSocket> accepting = acceptTls();
		TcpConnection<?> connection = Loopback.get(this.client.connect(address(), options().withTimeSource(time)));
		try (SSLSocket peer = Loopback.get(accepting)) {
			assertThat(peer.getSession().isValid()).isTrue();
			connection.writer().write(new byte[16_000_000]);
			EventLoops.turn(this.transport);
			time.advanceBy(Duration.ofMinutes(2));
			Loopback.get(connection.closeFinished());
			assertThat(connection.closeReason()).get().isInstanceOf(BufferAgeLimitException.class);
		}
	}

	@Test
	@Tag("T12")
	void aContextForServersIsRefused() throws Exception {
		SslContext forServer = certificate.forServer();
		assertThatIllegalArgumentException().isThrownBy(() -> ConnectOptions.defaults().withSsl(forServer))
			.withMessage("sslContext: for servers (expected: for clients)");
	}

	private ConnectOptions options() throws Exception {
		return ConnectOptions.defaults().withSsl(certificate.forClient().build());
	}

	private WhereToConnect<InetSocketAddress> address() {
		return WhereToConnect.inet((InetSocketAddress) this.listener.getLocalSocketAddress());
	}

	private WhereToConnect<InetSocketAddress> host(String name) {
		return WhereToConnect.hostAndPort(name, this.listener.getLocalPort());
	}

	private CompletableFuture<SSLSocket> acceptTls() {
		return acceptTls(new CompletableFuture<>());
	}

	/** Accepts and shakes hands on another thread. */
	private CompletableFuture<SSLSocket> acceptTls(CompletableFuture<Socket> raw) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				Socket socket = this.listener.accept();
				raw.complete(socket);
				SSLSocket tls = (SSLSocket) certificate.forJdkServer()
					.getSocketFactory()
					.createSocket(socket, null, true);
				try {
					tls.startHandshake();
				}
				catch (IOException ex) {
					tls.close();
					throw ex;
				}
				return tls;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
