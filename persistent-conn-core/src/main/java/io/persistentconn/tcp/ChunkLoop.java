package io.persistentconn.tcp;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * {@link TcpReader#forEachChunk}.
 */
final class ChunkLoop extends ReadOperation<@Nullable Void> {

	private final SocketAddress peer;

	private final StageGate gate;

	private final ChunkHandler handler;

	/** The handler has seen so many unread bytes, and wants more than those. */
	private int seen;

	ChunkLoop(SocketAddress peer, StageGate gate, ChunkHandler handler) {
		this.peer = peer;
		this.gate = gate;
		this.handler = handler;
	}

	@Override
	boolean advance(InboundBuffer inbound) throws Throwable {
		this.gate.check();
		while (!this.gate.isWaiting() && !isAbandoned() && inbound.unread() > this.seen) {
			ChunkResult result = this.handler.onChunk(inbound.bytes());
			this.seen = 0;
			if (result == ChunkResult.more()) {
				this.seen = inbound.unread();
			}
			else if (result instanceof ChunkResult.MoreAfter after) {
				this.gate.passes(after.stage());
			}
			else {
				return endWith(null);
			}
		}
		return false;
	}

	@Override
	boolean atEnd(InboundBuffer inbound) {
		if (inbound.unread() > 0) {
			throw new EndOfStreamException(this.peer, inbound.unread(), "none, or enough of them to be consumed");
		}
		return endWith(null);
	}

	@Override
	boolean isWaiting() {
		return this.gate.isWaiting();
	}

	@Override
	int wanted(int readerBufferSize) {
		return Math.max(readerBufferSize, this.seen + 1);
	}

}
