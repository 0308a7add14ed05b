package io.persistentconn.rpc;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.protocol.HandshakeException.Step;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.Identification;
import io.persistentconn.rpc.transport.FrameHandler;
import io.persistentconn.rpc.transport.MessageTransport;
import org.jspecify.annotations.Nullable;

/**
 * Takes all frames of a connection: the first is the peer's header, by which the version
 * of the protocol is found; the others are the {@link Session}'s. Used by the owner of
 * the transport. Source: rule R1.
 */
final class Handshake implements FrameHandler {

	/** Enough for a hundred numbers of nine bytes. */
	private static final int MAX_HEADER_SIZE = 1024;

	private final MessageTransport transport;

	private final RpcOptions options;

	private final Header own;

	private final CompletableFuture<RpcConnection> established;

	private @Nullable Cancellable alarm;

	private @Nullable Session session;

	Handshake(MessageTransport transport, RpcOptions options, CompletableFuture<RpcConnection> established) {
		this.transport = transport;
		this.options = options;
		this.own = Header.of(options.minProtocolVersion(), options.maxProtocolVersion());
		this.established = established;
	}

	void begin() {
		this.transport.maxReceivedLength(MAX_HEADER_SIZE);
		this.transport.start(this);
		this.transport.send(this.own::write);
		this.alarm = this.transport.timeSource()
			.schedule(this.options.handshakeTimeout(), () -> fail(
					new HandshakeException(Step.HEADER, "nothing came within " + this.options.handshakeTimeout())));
	}

	@Override
	public void arrived() {
		if (this.session != null) {
			this.session.heartbeats().heard();
		}
	}

	@Override
	public @Nullable CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
		Session begun = this.session;
		if (begun != null) {
			return begun.frame(buffer, start, end);
		}
		try {
			header(Header.read(new BinReader().reset(buffer, start, end)));
		}
		catch (HandshakeException ex) {
			fail(ex);
		}
		return null;
	}

	private void header(Header peer) {
		int version = this.own.highestCommon(peer);
		cancelAlarm();
		Greeting greeting = new Greeting(this.options, version, this.established);
		RpcConnection connection = new RpcConnection(this.transport, this.options, version, greeting);
		this.session = connection.session();
		greeting.begin(connection,
				new ConnectionMetadata(Optional.ofNullable(this.options.identification()).map(Identification::of),
						Optional.of(this.options.implementations().menu())));
	}

	@Override
	public void ended(@Nullable Throwable reason) {
		Session begun = this.session;
		if (begun != null) {
			begun.ended(reason);
		}
		else {
			fail(new HandshakeException(Step.HEADER,
					(reason != null) ? String.valueOf(reason.getMessage()) : "the peer closed the connection", reason));
		}
	}

	/** Closes without a word. */
	private void fail(HandshakeException error) {
		if (this.session == null) {
			cancelAlarm();
			this.established.completeExceptionally(error);
			this.transport.closeByForce();
		}
	}

	private void cancelAlarm() {
		if (this.alarm != null) {
			this.alarm.cancel();
		}
	}

}
