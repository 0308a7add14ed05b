package io.persistentconn.tcp;

import java.time.Duration;
import java.util.function.Supplier;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Puts TLS on the socket of a client.
 *
 * @param context asked anew for each client, so that certificates can be replaced
 * @param timeout how long a handshake may take
 */
record TlsHandshake(Supplier<? extends SslContext> context, Duration timeout) {

	static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Begins the handshake of the server's side. How it ends is told to the handler by a
	 * {@link io.netty.handler.ssl.SslHandshakeCompletionEvent}.
	 */
	void begin(ChannelHandlerContext before) {
		SslHandler handler = this.context.get().newHandler(before.alloc());
		// Netty takes 0 for no limit.
		handler.setHandshakeTimeoutMillis(Math.max(1, this.timeout.toMillis()));
		before.pipeline().addBefore(before.name(), null, handler);
	}

}
