package io.persistentconn.rpc;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.binprot.Info;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.protocol.HandshakeException.Step;
import io.persistentconn.rpc.protocol.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * The end of the handshake, when the version is agreed upon: each side says who it is.
 * Used by the owner of the connection. From version 8 on the peer must say so first; from
 * version 3 to 7 it may begin to speak of other things without. Source: rule R1 and wire,
 * section 3.
 */
final class Greeting {

	private final RpcOptions options;

	private final int version;

	private final CompletableFuture<RpcConnection> established;

	private @Nullable RpcConnection connection;

	private @Nullable Cancellable alarm;

	private volatile ConnectionMetadata peer = ConnectionMetadata.NONE;

	private boolean metadataSeen;

	private boolean over;

	/** Why this side does not go on. */
	private @Nullable HandshakeException failure;

	/**
	 * Creates a greeting that has not begun.
	 * @param established completed when the peer is welcome
	 */
	Greeting(RpcOptions options, int version, CompletableFuture<RpcConnection> established) {
		this.options = options;
		this.version = version;
		this.established = established;
	}

	/** What the peer said of itself. Asked by any thread. */
	ConnectionMetadata peer() {
		return this.peer;
	}

	void begin(RpcConnection begun, ConnectionMetadata own) {
		this.connection = begun;
		Session session = begun.session();
		if (!ProtocolVersion.hasConnectionMetadata(this.version)) {
			welcome(begun);
			return;
		}
		session.transport().maxReceivedLength(this.options.maxMetadataSize());
		session.send((out) -> session.writer().metadata(out, own));
		this.alarm = session.timeSource()
			.schedule(this.options.handshakeTimeout(),
					() -> refuse(Step.METADATA, "nothing came within " + this.options.handshakeTimeout()));
	}

	/** Whether the peer has not said yet who it is. */
	boolean expectsMetadata() {
		return !this.metadataSeen;
	}

	void metadata(ConnectionMetadata metadata) {
		this.metadataSeen = true;
		this.peer = metadata;
		over();
	}

	/** The peer speaks of something else. */
	void over() {
		RpcConnection begun = this.connection;
		if (this.over || begun == null) {
			return;
		}
		if (!this.metadataSeen && ProtocolVersion.hasKeyedQueryMetadata(this.version)) {
			refuse(Step.METADATA, "another message came (expected: metadata or a close reason)");
		}
		else {
			welcome(begun);
		}
	}

	private void welcome(RpcConnection begun) {
		this.over = true;
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		Session session = begun.session();
		session.transport().maxReceivedLength(this.options.maxMessageSize());
		Optional<String> refusal = validate(begun);
		if (refusal.isPresent()) {
			this.over = false;
			this.failure = new HandshakeException(Step.VALIDATION, refusal.get());
			session.closing()
				.close(new CloseReason(CloseReason.CONNECTION_VALIDATION_FAILED, Optional.empty(),
						refusal.map(Info::of)));
			this.established.completeExceptionally(this.failure);
			return;
		}
		session.heartbeats().start();
		if (!this.established.complete(begun)) {
			// Whoever wanted it gave up.
			session.closing().close(null);
		}
	}

	private Optional<String> validate(RpcConnection begun) {
		try {
			return this.options.validator().refuse(begun);
		}
		catch (Throwable ex) {
			return Optional.of("validation failed: " + ex);
		}
	}

	private void refuse(Step step, String reason) {
		RpcConnection begun = this.connection;
		if (!this.over && begun != null) {
			this.failure = new HandshakeException(step, reason);
			begun.session().closing().fail(step + ": " + reason, null);
			this.established.completeExceptionally(this.failure);
		}
	}

	/**
	 * Something went wrong.
	 * @return whether that was before the greeting was over
	 */
	boolean fail(String what) {
		if (this.over) {
			return false;
		}
		refuse(Step.METADATA, what);
		return true;
	}

	/** The connection has closed. */
	void closed(Throwable reason) {
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		this.established.completeExceptionally((this.failure != null) ? this.failure
				: new HandshakeException(Step.METADATA, String.valueOf(reason.getMessage()), reason));
	}

}
