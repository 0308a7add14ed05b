package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.Channel;
import io.persistentconn.concurrent.AsyncCloseable;

/**
 * An established connection: a socket, a reader and a writer.
 * <p>
 * It lives on its channel's event loop; all methods may be called from any thread.
 * <p>
 * A connection of a <em>client</em> closes itself when the peer has sent its last byte,
 * after flushing what was written until then; bytes not read yet stay readable. One of a
 * <em>server</em> stays half-open then, until its handler ends. Both close themselves
 * when the connection breaks; if it is writing that fails, what the peer sent before is
 * read first, for at most five seconds.
 * <p>
 * Source: the seed on TCP, rules T2 and T3.
 *
 * @param <A> the type of the addresses of both ends
 */
public final class TcpConnection<A extends SocketAddress> implements AsyncCloseable {

	/** 30 seconds: how long a clean close waits for pending bytes to be flushed. */
	public static final Duration CLOSE_FLUSH_LIMIT = Duration.ofSeconds(30);

	/**
	 * 5 seconds: how long, when writing has failed, what the peer sent before is still
	 * read. Source: rule R7.
	 */
	static final Duration LAST_READS_LIMIT = Duration.ofSeconds(5);

	private final ConnectionLife life;

	private final A remoteAddress;

	private final A localAddress;

	private TcpConnection(ConnectionLife life, A remoteAddress, A localAddress) {
		this.life = life;
		this.remoteAddress = remoteAddress;
		this.localAddress = localAddress;
	}

	/**
	 * Makes a connection of a channel: adds its handler at the end of the pipeline, sets
	 * the options that it needs, and takes over reading. Bytes that the channel receives
	 * from then on are the connection's. Works on a channel that is registered, also from
	 * within {@code initChannel}, be it active or not yet. Any TLS handler must be in the
	 * pipeline already.
	 * <p>
	 * Must be called on the channel's event loop.
	 * @param channel the channel, which belongs to the connection from then on
	 * @param remoteAddress the peer
	 * @param localAddress this side
	 * @param settings sizes, limits, clock and liveness; the liveness options are set on
	 * the channel here
	 * @param eofPolicy what to do when the peer will send no more
	 * @return the connection; it closes itself when the channel does
	 */
	static <A extends SocketAddress> TcpConnection<A> attach(Channel channel, A remoteAddress, A localAddress,
			ConnectionSettings settings, EofPolicy eofPolicy) {
		return new TcpConnection<>(ConnectionLife.begin(channel, remoteAddress, settings, eofPolicy), remoteAddress,
				localAddress);
	}

	/**
	 * The receiving half.
	 * @return the reader
	 */
	public TcpReader reader() {
		return this.life.reader();
	}

	/**
	 * The sending half.
	 * @return the writer
	 */
	public TcpWriter writer() {
		return this.life.writer();
	}

	/**
	 * The socket, for experts. Reading, writing or closing it directly goes past the
	 * reader and the writer.
	 * @return the Netty channel
	 */
	public Channel channel() {
		return this.life.channel();
	}

	/**
	 * The peer.
	 * @return its address
	 */
	public A remoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * This side.
	 * @return its address
	 */
	public A localAddress() {
		return this.localAddress;
	}

	/**
	 * How many bytes were received so far, after decryption.
	 * @return the number of bytes, read or not
	 */
	public long bytesRead() {
		return traffic().bytesRead();
	}

	/**
	 * How many written bytes the OS has taken so far, before encryption.
	 * @return the number of bytes
	 */
	public long bytesWritten() {
		return traffic().bytesWritten();
	}

	/**
	 * How long bytes take to the peer and back, as the OS has measured it of late.
	 * @return a smoothed estimate; empty if the OS does not tell, as on NIO and for unix
	 * sockets, and once this is closed
	 */
	public Optional<Duration> roundTripTime() {
		return RoundTripTime.of(channel());
	}

	/**
	 * Flushes pending bytes, for at most {@link #CLOSE_FLUSH_LIMIT}, then closes; after
	 * that time, by force. Bytes received meanwhile can still be read; those that are not
	 * are dropped. When all is flushed, the peer is told, and has a second to close its
	 * side, so that our last bytes are not destroyed on their way. The future completes
	 * when the descriptor is closed.
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return this.life.closeAsync();
	}

	/**
	 * Closes at once, by force: pending bytes are dropped, and
	 * {@link TcpWriter#flushed()} fails.
	 * @return a new future that completes when the descriptor is closed
	 */
	public CompletableFuture<Void> closeByForce() {
		return this.life.closeByForce();
	}

	@Override
	public boolean isClosed() {
		return this.life.isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.life.closeFinished();
	}

	/**
	 * Why the connection closed without being asked to: {@link PeerClosedException},
	 * {@link ConnectionResetException}, {@link BufferAgeLimitException},
	 * {@link ReadIdleTimeoutException}, {@link UserTimeoutException},
	 * {@link KeepAliveTimeoutException} or {@link DelimiterNotFoundException}.
	 * @return the reason; empty while it is open, or if this side closed it
	 */
	@Override
	public Optional<Throwable> closeReason() {
		return this.life.closeReason();
	}

	Traffic traffic() {
		return this.life.traffic();
	}

	@Override
	public String toString() {
		return "TcpConnection(" + this.localAddress + " to " + this.remoteAddress + ")";
	}

}
