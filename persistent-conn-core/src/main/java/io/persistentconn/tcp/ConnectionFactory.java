package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Makes a client's connection of a connected socket, with TLS if wanted.
 *
 * @param <A> the type of address
 */
final class ConnectionFactory<A extends SocketAddress> {

	private final NettyTransport transport;

	private final WhereToConnect<A> where;

	private final ConnectOptions options;

	ConnectionFactory(NettyTransport transport, WhereToConnect<A> where, ConnectOptions options) {
		this.transport = transport;
		this.where = where;
		this.options = options;
	}

	/** Called on the event loop; the future completes there, after the TLS handshake. */
	CompletableFuture<TcpConnection<A>> create(Channel channel) {
		SslContext context = this.options.sslContext();
		if (context == null) {
			return CompletableFuture.completedFuture(attach(channel));
		}
		SslHandler ssl = sslHandler(channel, context);
		channel.pipeline().addLast(ssl);
		TcpConnection<A> connection = attach(channel);
		CompletableFuture<TcpConnection<A>> connected = new CompletableFuture<>();
		ssl.handshakeFuture().addListener((handshake) -> {
			if (handshake.isSuccess()) {
				connected.complete(connection);
				return;
			}
			Throwable error = Objects.requireNonNull(handshake.cause());
			connected.completeExceptionally(
					(error instanceof ClosedChannelException) ? connection.closeReason().orElse(error) : error);
		});
		return connected;
	}

	@SuppressWarnings("unchecked") // a channel that was connected to an A has such
									// addresses
	private TcpConnection<A> attach(Channel channel) {
		boolean unix = this.where instanceof WhereToConnect.Unix;
		A remote = (A) this.transport.sockets().toJdk(channel.remoteAddress(), unix);
		A local = (A) this.transport.sockets().toJdk(channel.localAddress(), unix);
		return TcpConnection.attach(channel, remote, local, this.options.connectionSettings(), EofPolicy.CLOSE);
	}

	private SslHandler sslHandler(Channel channel, SslContext context) {
		SslHandler handler;
		if (this.where instanceof WhereToConnect.Host host) {
			handler = context.newHandler(channel.alloc(), host.hostAndPort().host(), host.hostAndPort().port());
			verifyPeer(handler.engine(), true);
		}
		else if (this.where instanceof WhereToConnect.Inet inet) {
			handler = context.newHandler(channel.alloc(), inet.address().getHostString(), inet.address().getPort());
			verifyPeer(handler.engine(), true);
		}
		else {
			handler = context.newHandler(channel.alloc());
			verifyPeer(handler.engine(), false);
		}
		// The attempt has its own timeout.
		handler.setHandshakeTimeoutMillis(0);
		return handler;
	}

	private static void verifyPeer(SSLEngine engine, boolean byHost) {
		SSLParameters parameters = engine.getSSLParameters();
		if (!byHost || parameters.getEndpointIdentificationAlgorithm() == null) {
			parameters.setEndpointIdentificationAlgorithm(byHost ? "HTTPS" : "");
			engine.setSSLParameters(parameters);
		}
	}

}
