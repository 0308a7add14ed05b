package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(names = { "NIO_UNIX", "EPOLL_UNIX" })
class TcpServerUnixTests extends ServerTestCase {

	private Path path;

	@BeforeEach
	void choosePath() {
		this.path = this.directory.resolve("s");
	}

	@Test
	@Tag("T5")
	void aServerListensOnAPathAndRemovesItInTheEnd() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		assertThat(this.server.listeningOn()).isEqualTo(this.path);
		assertThat(this.server.listeningOnAddress()).isEqualTo(UnixDomainSocketAddress.of(this.path));
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
			this.server.stop(CloseExisting.NO).join();
			assertThat(this.path).doesNotExist();
		}
	}

	@Test
	@Tag("T12")
	void aFileThatNobodyListensToIsReplaced() throws Exception {
		try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			dead.bind(UnixDomainSocketAddress.of(this.path));
		}
		assertThat(this.path).exists();
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	@Tag("T12")
	void aPathThatSomebodyListensToIsInUse() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		TcpServer<SocketAddress, Object> second = this.builder.buildSock(TestHandlers.echo());
		assertFails(second, "Cannot listen on unix:" + this.path + ": address already in use");
		try (PlainClient client = connect()) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	@Tag("T12")
	void aPathWhoseListenerIsBusyIsInUseToo() throws Exception {
		try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			busy.bind(UnixDomainSocketAddress.of(this.path), 1);
			try (PlainClient first = PlainClient.connect(busy.getLocalAddress());
					PlainClient second = PlainClient.connect(busy.getLocalAddress())) {
				assertThat(first.channel().isConnected() && second.channel().isConnected()).isTrue();
				assertFails(this.builder.buildSock(TestHandlers.echo()),
						"Cannot listen on unix:" + this.path + ": address already in use");
			}
		}
	}

	@Test
	@Tag("T12")
	void aFileThatIsNoSocketIsLeftAlone() throws Exception {
		Files.writeString(this.path, "precious");
		assertFails(this.builder.buildSock(TestHandlers.echo()),
				"Cannot listen on unix:" + this.path + ": the file exists and is not a socket");
		assertThat(this.path).hasContent("precious");
	}

	@Test
	@Tag("T12")
	void aMissingDirectoryIsNamed() {
		Path missing = this.directory.resolve("no").resolve("s");
		assertFails(
				TcpServer.builder(WhereToListen.unix(missing)).transport(this.transport).buildSock(TestHandlers.echo()),
				"Cannot listen on unix:" + missing + ": the directory " + missing.getParent() + " does not exist");
	}

	@Test
	@Tag("T12")
	void thePathMayBeAsLongAsIsSaid() throws Exception {
		String rest = "x".repeat(105 - this.directory.toString().length());
		Path longest = this.directory.resolve(rest);
		TcpServer<?, ?> server = TcpServer.builder(WhereToListen.unix(longest))
			.transport(this.transport)
			.startSock(TestHandlers.echo())
			.join();
		try (PlainClient client = PlainClient.connect(server)) {
			assertThat(client.send("hello").receive(5)).isEqualTo("hello");
		}
		server.closeAsync(CloseExisting.YES).join();
		assertThat(longest).doesNotExist();
	}

	private static void assertFails(TcpServer<?, ?> server, String message) {
		assertThat(server.start()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(BindFailedException.class)
			.withMessage(message);
		assertThat(server.isListening()).isFalse();
	}

}
