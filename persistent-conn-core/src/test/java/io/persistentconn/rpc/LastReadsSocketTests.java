package io.persistentconn.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Info;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.transport.MessageTransport;
import io.persistentconn.rpc.transport.TcpMessageTransport;
import io.persistentconn.tcp.EachClientKind;
import io.persistentconn.tcp.Loopback;
import io.persistentconn.tcp.PlainClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Over real sockets: a peer says why, resets, and only then this side finds that it
 * cannot send.
 */
@Tag("R7")
class LastReadsSocketTests extends EachClientKind {

	private static final int VERSION = 11;

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final MessageWriter messages = new MessageWriter(VERSION);

	@Test
	void thePeersReasonIsReadThoughNothingCanBeSent() throws Exception {
		MessageTransport transport = TcpMessageTransport.over(this.loopback.connect(),
				MessageTransport.DEFAULT_MAX_LENGTH);
		CompletableFuture<RpcConnection> establishing = RpcConnection.establish(transport, RpcOptions.defaults());
		PlainClient peer = this.loopback.accept();
		peer.send(RawPeer.frame(Header.of(1, VERSION)::write));
		peer.send(RawPeer.frame((out) -> this.messages.metadata(out, ConnectionMetadata.NONE)));
		RpcConnection connection = Loopback.get(establishing);
		Loopback.get(CompletableFuture.runAsync(() -> {
			reset(peer);
			// Flushed in the next task, before anything is received.
			ECHO.dispatch(connection, "x");
		}, transport.timeSource()));
		Loopback.get(connection.closeFinished());
		assertThat(connection.closeReason()).get().asString().contains("going home");
	}

	private void reset(PlainClient peer) {
		try {
			peer.send(
					RawPeer.frame((out) -> this.messages.closeReason(out, CloseReason.ofUser(Info.of("going home")))));
			if (peer.channel().getRemoteAddress() instanceof InetSocketAddress) {
				peer.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
			}
			peer.disconnect();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
