package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a server. It waits in the socket's pipeline until the socket is active
 * and the TLS handshake, if any, is done; then it calls the handler and leaves the
 * pipeline. All this happens on the event loop of the socket.
 *
 * @param <A> the type of the clients' addresses
 */
final class Client<A extends SocketAddress> extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(Client.class);

	private final A address;

	private final Channel socket;

	private final HandlerGate gate;

	private final ClientHandler<A> handler;

	private final @Nullable TlsHandshake tls;

	private final BiConsumer<A, Throwable> onHandlerError;

	private final CompletableFuture<Void> socketClosed;

	private final CompletableFuture<Void> handlerFinished = new CompletableFuture<>();

	/** Written on the socket's event loop. */
	private volatile boolean handled;

	Client(A address, Channel socket, HandlerGate gate, ClientHandler<A> handler, @Nullable TlsHandshake tls,
			BiConsumer<A, Throwable> onHandlerError) {
		this.address = address;
		this.socket = socket;
		this.gate = gate;
		this.handler = handler;
		this.tls = tls;
		this.onHandlerError = onHandlerError;
		this.socketClosed = ClosedDescriptor.of(socket);
		socket.closeFuture().addListener((closed) -> {
			if (!this.handled) {
				this.handlerFinished.complete(null);
			}
		});
	}

	CompletableFuture<Void> socketClosed() {
		return this.socketClosed;
	}

	CompletableFuture<Void> handlerFinished() {
		return this.handlerFinished;
	}

	void close() {
		this.socket.close();
	}

	/** Lets the handler finish, unless it works on the bare socket. */
	void endInput() {
		ConnectionLife life = ChannelEvents.lifeOf(this.socket);
		if (life != null) {
			life.endInputWhenRead();
		}
	}

	void closeUnlessHandled() {
		if (!this.handled) {
			close();
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		if (this.tls != null) {
			this.tls.begin(context);
		}
		else {
			handle(context);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			if (handshake.isSuccess()) {
				handle(context);
			}
			else {
				giveUp(handshake.cause());
			}
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		giveUp(cause);
	}

	/** Costs this client only, and is no fault of the handler. */
	private void giveUp(Throwable cause) {
		logger.debug("Client {} is closed before it was handled", this.address, cause);
		close();
	}

	private void handle(ChannelHandlerContext context) {
		if (!this.gate.enter()) {
			close();
			return;
		}
		this.handled = true;
		CompletionStage<?> stage;
		try {
			stage = this.handler.handle(this.address, this.socket);
		}
		catch (Throwable ex) {
			this.handlerFinished.complete(null);
			giveUp(ex);
			return;
		}
		finally {
			this.gate.leave();
		}
		stage.whenComplete((result, error) -> {
			if (error != null) {
				this.onHandlerError.accept(this.address, StageErrors.unwrap(error));
			}
			this.handlerFinished.complete(null);
		});
		if (this.socket.isActive()) {
			// The handlers that were added just now have not seen that it is.
			context.fireChannelActive();
		}
		context.pipeline().remove(this);
	}

}
