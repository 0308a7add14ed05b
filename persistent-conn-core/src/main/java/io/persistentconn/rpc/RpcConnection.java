package io.persistentconn.rpc;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.persistentconn.binprot.Info;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.Identification;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.transport.MessageTransport;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which both ends may implement and call RPCs. It is called by the
 * {@code dispatch} methods of {@link Rpc}, {@link OneWayRpc}, {@link PipeRpc} and
 * {@link StateRpc}.
 * <p>
 * It lives on the owner of its transport, over TCP the event loop: futures complete and
 * handlers are called there, where nothing may block. All methods may be called from any
 * thread.
 * <p>
 * It closes itself when the peer closes it, when the peer breaks the protocol or is
 * silent for too long, and when the transport fails; {@link #closeReason()} says which.
 * Source: rules R1 to R12.
 */
public final class RpcConnection implements AsyncCloseable {

	private final MessageTransport transport;

	private final Greeting greeting;

	private final Session session;

	RpcConnection(MessageTransport transport, RpcOptions options, int version, Greeting greeting) {
		this.transport = transport;
		this.greeting = greeting;
		this.session = new Session(this, transport, options, version, greeting);
	}

	/**
	 * Makes a connection of a transport, on either end of it.
	 * @param transport belongs to the connection from now on, and is closed if the
	 * handshake fails; it must not have been started
	 * @param options how to hold it, and what this side implements
	 * @return a new future of the connection, when the handshake is done. It fails with
	 * {@link io.persistentconn.rpc.protocol.HandshakeException}, which says at which
	 * step; cancelling it closes the transport at once
	 */
	public static CompletableFuture<RpcConnection> establish(MessageTransport transport, RpcOptions options) {
		CompletableFuture<RpcConnection> established = new CompletableFuture<>();
		established.whenComplete((connection, failure) -> {
			if (established.isCancelled()) {
				transport.closeByForce();
			}
		});
		Handshake handshake = new Handshake(transport, options, established);
		if (transport.timeSource().inOwner()) {
			handshake.begin();
		}
		else {
			transport.timeSource().execute(handshake::begin);
		}
		return established;
	}

	/**
	 * The version of the protocol.
	 * @return the highest one that both ends speak
	 */
	public int protocolVersion() {
		return this.session.writer().version();
	}

	/**
	 * The peer.
	 * @return its address
	 */
	public SocketAddress remoteAddress() {
		return this.transport.remoteAddress();
	}

	/**
	 * Who the peer says it is.
	 * @return its identification; empty if it did not say, and below version 3 of the
	 * protocol
	 */
	public Optional<Identification> peerIdentification() {
		return this.greeting.peer().identification();
	}

	/**
	 * What the peer implements.
	 * @return what it said in the handshake; empty if it did not say, and below version 3
	 * of the protocol
	 */
	public Optional<Menu> peerMenu() {
		return this.greeting.peer().menu();
	}

	/**
	 * How many bytes were received.
	 * @return the number of bytes, lengths of frames included
	 */
	public long bytesRead() {
		return this.transport.bytesRead();
	}

	/**
	 * How many bytes have left this side.
	 * @return the number of bytes, lengths of frames included
	 */
	public long bytesWritten() {
		return this.transport.bytesWritten();
	}

	/**
	 * How many bytes were sent that have not left this side.
	 * @return the number of bytes, lengths of frames included
	 */
	public long bytesToWrite() {
		return this.transport.bytesToWrite();
	}

	/**
	 * How long bytes take to the peer and back. Heartbeats do not tell, as each end sends
	 * its own.
	 * @return what the transport knows, such as
	 * {@link io.persistentconn.tcp.TcpConnection#roundTripTime()}
	 */
	public Optional<Duration> roundTripTime() {
		return this.transport.roundTripTime();
	}

	/**
	 * When the peer was last heard of.
	 * @return when its last bytes came
	 */
	public Instant lastSeenAlive() {
		return this.transport.timeSource().instant().minus(this.session.heartbeats().silence());
	}

	/**
	 * Observes the peer's heartbeats.
	 * @param listener called for each on the owner, where nothing may block
	 * @return takes the listener away
	 */
	public Cancellable addHeartbeatListener(Runnable listener) {
		return this.session.heartbeats().addListener(listener);
	}

	/**
	 * Closes now, without a reason. Open calls fail with
	 * {@link RpcError.ConnectionClosed}; what was sent is flushed for up to five seconds.
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		return close(null, Duration.ZERO);
	}

	/**
	 * Closes now, and tells the peer why, from version 4 of the protocol on.
	 * @param reason for people to read
	 * @return as {@link #closeAsync()}
	 */
	public CompletableFuture<Void> closeAsync(String reason) {
		return closeAsync(reason, Duration.ZERO);
	}

	/**
	 * Closes when the open calls of both ends have ended, or the time is over. Meanwhile
	 * calls of this end fail, and those of the peer are not answered. From version 9 of
	 * the protocol on the peer is told that this begins.
	 * @param reason for people to read
	 * @param wait how long to wait for open calls. Streams are not waited for
	 * @return as {@link #closeAsync()}
	 */
	public CompletableFuture<Void> closeAsync(String reason, Duration wait) {
		return close(CloseReason.ofUser(Info.of(reason)), wait);
	}

	private CompletableFuture<Void> close(@Nullable CloseReason reason, Duration wait) {
		this.session.closing().request();
		this.session.onOwner(() -> this.session.closing().close(reason, wait));
		return closeFinished();
	}

	/**
	 * Whether closing has begun, on either end: the peer may have announced it while open
	 * calls still come to their end.
	 */
	@Override
	public boolean isClosed() {
		return this.session.closing().isClosed();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.session.closing().finished();
	}

	/**
	 * Why this closed.
	 * @return an {@link RpcConnectionException}, which says what the peer said; empty
	 * while it is open, or if this side was asked to close it
	 */
	@Override
	public Optional<Throwable> closeReason() {
		return this.session.closing().reason();
	}

	/** Completes when this has closed; fails with what a policy raised. */
	CompletableFuture<Void> served() {
		return closeFinished().thenRun(() -> {
			Throwable raised = this.session.closing().raised();
			if (raised != null) {
				throw new CompletionException(raised);
			}
		});
	}

	Session session() {
		return this.session;
	}

	Greeting greeting() {
		return this.greeting;
	}

	@Override
	public String toString() {
		return "RpcConnection(" + this.transport.remoteAddress() + ")";
	}

}
