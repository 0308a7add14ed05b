package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a server was told, with the defaults. {@link TcpServerBuilder} says what each
 * means, checks it, and hands a copy to the server.
 *
 * @param <A> the type of the addresses
 * @param <L> what the server tells that it listens on
 */
final class TcpServerOptions<A extends SocketAddress, L> implements Cloneable {

	final WhereToListen<A, L> where;

	@Nullable NettyTransport transport;

	String name;

	int maxConnections = DescriptorLimit.defaultMaxConnections(DescriptorLimit.ofProcess());

	int maxAcceptsPerBatch = 1;

	int backlog = 64;

	Overload overload = Overload.HOLD;

	boolean dropIncomingConnections;

	boolean reuseAddress = true;

	boolean reusePort;

	@Nullable Supplier<? extends ServerChannel> socket;

	/** If {@code null}, errors are logged. */
	@Nullable HandlerErrorPolicy<? super A> onHandlerError;

	/** If {@code null}, errors are logged. */
	@Nullable Consumer<? super Throwable> uncaughtExceptionHandler;

	@Nullable TlsHandshake tls;

	ConnectionSettings connection = ConnectionSettings.DEFAULT;

	/** Of all clients of the server, which has a copy of these options to itself. */
	Traffic traffic = new Traffic();

	TcpServerOptions(WhereToListen<A, L> where) {
		this.where = where;
		this.name = where.toString();
	}

	@Override
	@SuppressWarnings("unchecked")
	protected TcpServerOptions<A, L> clone() {
		try {
			TcpServerOptions<A, L> copy = (TcpServerOptions<A, L>) super.clone();
			copy.traffic = new Traffic();
			return copy;
		}
		catch (CloneNotSupportedException ex) {
			throw new AssertionError(ex);
		}
	}

}
