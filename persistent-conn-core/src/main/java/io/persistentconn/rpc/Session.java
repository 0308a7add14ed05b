package io.persistentconn.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.rpc.protocol.CloseReason;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.MessageHandler;
import io.persistentconn.rpc.protocol.MessageReader;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.ProtocolException;
import io.persistentconn.rpc.protocol.QueryHeader;
import io.persistentconn.rpc.protocol.RpcError;
import io.persistentconn.rpc.transport.FrameEncoder;
import io.persistentconn.rpc.transport.FrameException;
import io.persistentconn.rpc.transport.MessageTooLongException;
import io.persistentconn.rpc.transport.MessageTransport;
import org.jspecify.annotations.Nullable;

/**
 * What goes on over a connection once a version of the protocol is agreed upon: takes
 * messages apart and hands them to whom they concern. Everything happens on the owner,
 * the time source of the transport, unless said otherwise.
 */
final class Session implements MessageHandler {

	private final RpcConnection connection;

	private final MessageTransport transport;

	private final MessageWriter writer;

	private final BinReader reader = new BinReader();

	private final MessageReader messages = new MessageReader();

	private final Interception interception;

	private final OpenCalls openCalls;

	private final ServedCalls servedCalls;

	private final Heartbeats heartbeats;

	private final Closing closing;

	private final Greeting greeting;

	/** What the frame at hand wants to be waited for. */
	private @Nullable CompletionStage<?> pause;

	Session(RpcConnection connection, MessageTransport transport, RpcOptions options, int version, Greeting greeting) {
		this.connection = connection;
		this.transport = transport;
		this.writer = new MessageWriter(version);
		this.greeting = greeting;
		this.interception = new Interception(connection, options.interceptors());
		this.openCalls = new OpenCalls(this, options);
		this.servedCalls = new ServedCalls(this, options.implementations(), options.maxOpenCalls());
		this.heartbeats = new Heartbeats(options.heartbeat(), transport.timeSource(),
				() -> send(this.writer::heartbeat), () -> closing().failOfSilence(options.heartbeat().timeout()));
		this.closing = new Closing(this);
	}

	RpcConnection connection() {
		return this.connection;
	}

	MessageTransport transport() {
		return this.transport;
	}

	TimeSource timeSource() {
		return this.transport.timeSource();
	}

	MessageWriter writer() {
		return this.writer;
	}

	Interception interception() {
		return this.interception;
	}

	OpenCalls openCalls() {
		return this.openCalls;
	}

	ServedCalls servedCalls() {
		return this.servedCalls;
	}

	Heartbeats heartbeats() {
		return this.heartbeats;
	}

	Closing closing() {
		return this.closing;
	}

	/**
	 * Makes a call, after the interceptors have seen it. Called by any thread.
	 * @return the call, as a future
	 */
	<T> CompletableFuture<T> dispatch(OpenCall<T> call) {
		if (this.interception.isNone() || this.interception.dispatching(call)) {
			this.openCalls.submit(call);
		}
		return call;
	}

	/** Runs a task on the owner: in place if called there. Called by any thread. */
	void onOwner(Runnable task) {
		if (timeSource().inOwner()) {
			task.run();
			return;
		}
		try {
			timeSource().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The event loop has ended, and the connection with it: nobody else runs.
			task.run();
		}
	}

	/**
	 * Sends a message, unless the connection is closed.
	 * @return why it could not be sent, or {@code null}
	 */
	@Nullable RpcError send(FrameEncoder encoder) {
		if (this.closing.isSilent()) {
			return null;
		}
		try {
			this.transport.send(encoder);
			return null;
		}
		catch (MessageTooLongException ex) {
			return new RpcError.MessageTooBig(ex.length(), ex.maxLength());
		}
		catch (Throwable ex) {
			return RpcErrors.writeError(ex.toString());
		}
	}

	/** Takes a frame, as {@link io.persistentconn.rpc.transport.FrameHandler#frame}. */
	@Nullable CompletionStage<?> frame(ByteBuf buffer, int start, int end) {
		this.pause = null;
		try {
			this.messages.read(this.reader.reset(buffer, start, end), this);
		}
		catch (ProtocolException | BinProtException ex) {
			protocolError(String.valueOf(ex.getMessage()));
		}
		return this.pause;
	}

	/** Nothing more will be received. */
	void ended(@Nullable Throwable reason) {
		if (reason instanceof FrameException malformed && malformed.kind() != FrameException.Kind.CUT_OFF) {
			protocolError(String.valueOf(malformed.getMessage()));
		}
		else {
			this.closing.ended(reason);
		}
	}

	/** Stops reading until a stage has completed, be it with an error. */
	void pauseReading(CompletionStage<?> until) {
		this.heartbeats.pause();
		this.pause = until.handle((value, error) -> {
			onOwner(this.heartbeats::resume);
			return null;
		});
	}

	/** The peer does what it must not. */
	void protocolError(String what) {
		fail("protocol error: " + what, null);
	}

	/**
	 * Closes because something went wrong.
	 * @param what it was, which the peer is told, too
	 * @param raised what whoever serves this connection fails with, or {@code null}
	 */
	void fail(String what, @Nullable Throwable raised) {
		if (!this.greeting.fail(what)) {
			this.closing.fail(what, raised);
		}
	}

	/** Somebody waits for the end of calls, perhaps. */
	void callEnded() {
		this.closing.callEnded();
	}

	@Override
	public void heartbeat() {
		this.greeting.over();
		this.heartbeats.received();
	}

	@Override
	public boolean expectsMetadata() {
		return this.greeting.expectsMetadata();
	}

	@Override
	public void metadata(ConnectionMetadata metadata) {
		this.greeting.metadata(metadata);
	}

	@Override
	public void closeReason(CloseReason reason) {
		this.closing.peerSaysWhy(reason);
	}

	@Override
	public void closeStarted() {
		this.greeting.over();
		this.closing.peerStarted();
	}

	@Override
	public void query(QueryHeader header, BinReader data) {
		this.greeting.over();
		if (this.closing.takesQueries()) {
			CompletionStage<?> until = this.servedCalls.query(header, data);
			if (until != null) {
				pauseReading(until);
			}
		}
	}

	@Override
	public void malformedQuery(QueryHeader header, BinProtException error) {
		this.greeting.over();
		if (this.closing.takesQueries()) {
			this.servedCalls.malformed(header, error);
		}
	}

	@Override
	public void response(long queryId, BinReader data) {
		this.greeting.over();
		this.openCalls.response(queryId, data);
		this.closing.callEnded();
	}

	@Override
	public void errorResponse(long queryId, RpcError error) {
		this.greeting.over();
		this.openCalls.error(queryId, error);
		this.closing.callEnded();
	}

	@Override
	public void malformedResponse(long queryId, BinProtException error) {
		errorResponse(queryId, RpcErrors.undecodable("client-side rpc response", error));
	}

}
