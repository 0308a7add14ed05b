package io.persistentconn.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.Info;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.rpc.RpcConnectionException.Kind;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.ProtocolVersion;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.protocol.RpcError.Closer;
import org.jspecify.annotations.Nullable;

/**
 * How a connection closes: it waits for open calls, if asked to; says why; flushes; and
 * fails what is still open. Used by the owner, unless said otherwise. Source: rule R7.
 */
final class Closing {

	/** How long what was sent may take to leave. */
	static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);

	private final Session session;

	private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();

	/** Asked by any thread, written by the owner. */
	private volatile Phase phase = Phase.OPEN;

	/** Any thread asked for closing. */
	private volatile boolean requested;

	private volatile @Nullable Throwable reason;

	private @Nullable Throwable raised;

	private Closer closer = Closer.TRANSPORT;

	private @Nullable CloseReason ownReason;

	private @Nullable CloseReason peerReason;

	private @Nullable Cancellable alarm;

	Closing(Session session) {
		this.session = session;
	}

	/** Asked by any thread. */
	boolean isClosed() {
		return this.requested || this.phase != Phase.OPEN;
	}

	/** Asked by any thread. */
	Optional<Throwable> reason() {
		return Optional.ofNullable(this.reason);
	}

	/** Completes when the transport has closed. Asked by any thread. */
	CompletableFuture<@Nullable Void> finished() {
		return this.finished.copy();
	}

	/** What whoever serves the connection is to fail with. */
	@Nullable Throwable raised() {
		return this.raised;
	}

	/** Called by any thread, before {@link #close}. */
	void request() {
		this.requested = true;
	}

	/** Whether queries are answered. */
	boolean takesQueries() {
		return this.phase == Phase.OPEN || this.phase == Phase.PEER_STARTED;
	}

	/** Whether nothing can be sent any more. */
	boolean isSilent() {
		Phase current = this.phase;
		return current == Phase.FLUSHING || current == Phase.CLOSED;
	}

	/** Why a call cannot be made; {@code null} if it can. */
	RpcError.@Nullable ConnectionClosed refusal() {
		if (this.phase == Phase.OPEN && !this.requested) {
			// One that sends no more may still hear why (rule R7).
			return this.session.transport().isClosed()
					? new RpcError.ConnectionClosed(Closer.TRANSPORT, transportReason(), false) : null;
		}
		return new RpcError.ConnectionClosed(this.closer, why(), false);
	}

	/** Closes now, telling the peer why. */
	void close(@Nullable CloseReason why) {
		close(why, Duration.ZERO);
	}

	/** Closes when the open calls have ended, or the time is over. */
	void close(@Nullable CloseReason why, Duration wait) {
		if (this.phase == Phase.OPEN || this.phase == Phase.PEER_STARTED) {
			this.requested = true;
			this.closer = Closer.THIS_SIDE;
			this.ownReason = why;
			if (wait.isZero() || !hasOpenCalls()) {
				flush();
			}
			else {
				waitForCalls(wait);
			}
		}
		else if (this.phase == Phase.WAITING && wait.isZero()) {
			flush();
		}
	}

	/** Closes because something went wrong on this side or the peer's. */
	void fail(String what, @Nullable Throwable raise) {
		fail(Kind.FAILED, what, raise);
	}

	/** Closes because the peer seems to be gone. */
	void failOfSilence(Duration timeout) {
		fail(Kind.NO_SIGN_OF_LIFE, "no sign of life for " + timeout, null);
	}

	private void fail(Kind kind, String what, @Nullable Throwable raise) {
		if (this.phase == Phase.FLUSHING || this.phase == Phase.CLOSED) {
			return;
		}
		this.closer = Closer.THIS_SIDE;
		this.ownReason = CloseReason.ofDebug(Info.of(what));
		this.raised = raise;
		this.reason = new RpcConnectionException(this.session.connection(), kind, what, raise);
		flush();
	}

	private void waitForCalls(Duration wait) {
		this.phase = Phase.WAITING;
		if (ProtocolVersion.hasCloseStarted(this.session.writer().version())) {
			this.session.send(this.session.writer()::closeStarted);
		}
		this.alarm = this.session.timeSource().schedule(wait, this::waitedEnough);
	}

	private void waitedEnough() {
		if (this.phase == Phase.WAITING) {
			flush();
		}
	}

	/** A call has ended, in either direction. */
	void callEnded() {
		if (this.phase == Phase.WAITING && !hasOpenCalls()) {
			flush();
		}
	}

	private boolean hasOpenCalls() {
		return this.session.openCalls().size() > 0 || this.session.servedCalls().open() > 0;
	}

	private void flush() {
		cancelAlarm();
		this.session.heartbeats().stop();
		this.session.servedCalls().flushStreams();
		CloseReason told = this.ownReason;
		if (told != null && this.peerReason == null
				&& ProtocolVersion.hasCloseReason(this.session.writer().version())) {
			this.session.send((out) -> this.session.writer().closeReason(out, told));
		}
		this.phase = Phase.FLUSHING;
		// Whoever writes to a stream for as long as there is room learns that it is over.
		this.session.servedCalls().closed();
		this.alarm = this.session.timeSource().schedule(FLUSH_LIMIT, () -> this.session.transport().closeByForce());
		this.session.transport().closeAsync().whenComplete((closed, error) -> this.session.onOwner(this::closed));
	}

	/** The peer will take no more queries, and close when the open ones have ended. */
	void peerStarted() {
		if (this.phase == Phase.OPEN) {
			this.closer = Closer.PEER;
			this.phase = Phase.PEER_STARTED;
		}
	}

	/** The peer closes. */
	void peerSaysWhy(CloseReason why) {
		this.peerReason = why;
		if (this.phase == Phase.OPEN || this.phase == Phase.PEER_STARTED) {
			this.closer = Closer.PEER;
			this.reason = new RpcConnectionException(this.session.connection(), Kind.CLOSED_BY_PEER,
					"closed by the peer: " + why.toInfo(), null);
			flush();
		}
	}

	/** Nothing more will be received. */
	void ended(@Nullable Throwable why) {
		if (this.phase == Phase.FLUSHING || this.phase == Phase.CLOSED) {
			return;
		}
		this.closer = (why == null) ? Closer.PEER : Closer.TRANSPORT;
		this.reason = new RpcConnectionException(this.session.connection(),
				(why != null) ? Kind.TRANSPORT_FAILED : Kind.CLOSED_BY_PEER,
				(why != null) ? "lost: " + why.getMessage() : "closed by the peer", why);
		flush();
	}

	private void closed() {
		if (this.phase == Phase.CLOSED) {
			return;
		}
		this.phase = Phase.CLOSED;
		cancelAlarm();
		this.session.openCalls().failAll(new RpcError.ConnectionClosed(this.closer, why(), true));
		this.session.connection()
			.greeting()
			.closed(new RpcConnectionException(this.session.connection(), kind(), why(), this.reason));
		this.finished.complete(null);
	}

	private Kind kind() {
		return switch (this.closer) {
			case THIS_SIDE -> Kind.FAILED;
			case PEER -> Kind.CLOSED_BY_PEER;
			case TRANSPORT -> Kind.TRANSPORT_FAILED;
		};
	}

	private String why() {
		if (this.closer == Closer.PEER && this.peerReason != null) {
			return this.peerReason.toInfo().toString();
		}
		if (this.ownReason != null) {
			return this.ownReason.toInfo().toString();
		}
		Throwable known = this.reason;
		return (known != null) ? String.valueOf(known.getMessage()) : "closed";
	}

	private String transportReason() {
		return this.session.transport().closeReason().map(Throwable::getMessage).orElse("closed");
	}

	private void cancelAlarm() {
		if (this.alarm != null) {
			this.alarm.cancel();
		}
	}

	private enum Phase {

		OPEN,

		/** The peer announced that it is going to close. */
		PEER_STARTED,

		/** Waits for open calls, and takes no new ones. */
		WAITING,

		/** What was sent is leaving. */
		FLUSHING,

		CLOSED

	}

}
