package io.persistentconn.rpc.golden;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.golden.GoldenRecording.Chunk;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import io.persistentconn.rpc.transport.MessageTransport;
import io.persistentconn.rpc.transport.TcpMessageTransport;
import io.persistentconn.tcp.EmbeddedConnection;

/**
 * One side of a recorded connection, played by this implementation: it receives what the
 * recorded peer sent, when it did so, in frozen time. All in the thread of the test.
 */
final class ReplayedSide implements AutoCloseable {

	private final EmbeddedConnection embedded;

	private final MessageTransport transport;

	private final Direction receives;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	private Duration now = Duration.ZERO;

	private String end = "open";

	private ReplayedSide(EmbeddedConnection embedded, GoldenFlags flags, Direction receives) {
		this.embedded = embedded;
		this.transport = TcpMessageTransport.over(embedded.connection(), flags.maxMessageSize());
		this.receives = receives;
	}

	static ReplayedSide server(GoldenFlags flags) {
		return new ReplayedSide(EmbeddedConnection.ofServer(), flags, Direction.CLIENT_TO_SERVER);
	}

	static ReplayedSide client(GoldenFlags flags) {
		return new ReplayedSide(EmbeddedConnection.ofClient(), flags, Direction.SERVER_TO_CLIENT);
	}

	TimeSource timeSource() {
		return this.transport.timeSource();
	}

	CompletableFuture<RpcConnection> establish(RpcOptions options) {
		return RpcConnection.establish(this.transport, options);
	}

	/** Receives all that the peer sent, and returns what was sent meanwhile. */
	Transcript replay(GoldenRecording recording) {
		settle("followed");
		boolean peerEnds = false;
		for (Chunk chunk : recording.chunks()) {
			advanceTo(Duration.ofNanos((long) (chunk.millis() * 1e6)), peerEnds);
			if (chunk.direction() == this.receives) {
				receive(chunk);
				peerEnds = chunk.eof() || Transcript.isCloseReason(GoldenRecording.frames(this.received.toByteArray()));
				settle(peerEnds ? "followed" : "closed");
			}
		}
		return Transcript.of(this.sent.toByteArray(), this.end);
	}

	private void receive(Chunk chunk) {
		if (!this.embedded.channel().isOpen()) {
			return;
		}
		if (chunk.eof()) {
			this.embedded.receiveEnd();
		}
		else {
			this.received.writeBytes(chunk.bytes());
			this.embedded.receive(chunk.bytes());
		}
	}

	/** Alarm by alarm, as each may set another. */
	private void advanceTo(Duration time, boolean peerEnds) {
		while (this.now.compareTo(time) < 0) {
			long untilNext = this.embedded.channel().runScheduledPendingTasks();
			Duration left = time.minus(this.now);
			Duration step = (untilNext < 0 || untilNext > left.toNanos()) ? left : Duration.ofNanos(untilNext);
			this.embedded.advanceBy(step);
			this.now = this.now.plus(step);
			settle(peerEnds ? "followed" : "closed");
		}
	}

	/** Takes what was sent, and sees whether this side has closed. */
	private void settle(String ifClosed) {
		this.embedded.run();
		this.sent.writeBytes(this.embedded.writtenBytes());
		if (this.end.equals("open") && !this.embedded.channel().isOpen()) {
			this.end = ifClosed;
		}
	}

	@Override
	public void close() {
		this.embedded.close();
	}

}
