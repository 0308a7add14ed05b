package io.persistentconn.tcp;

import io.persistentconn.concurrent.Cancellable;

/**
 * {@link TcpReader#transferTo}.
 */
final class Transfer extends ReadOperation<Long> {

	private final TcpWriter writer;

	private final StageGate gate;

	private long transferred;

	private final Cancellable closeListener;

	/**
	 * Creates a transfer.
	 * @param closeListener makes the reader advance when the writer's connection has
	 * closed; cancelled when the transfer is over
	 */
	Transfer(TcpWriter writer, StageGate gate, Cancellable closeListener) {
		this.writer = writer;
		this.gate = gate;
		this.closeListener = closeListener;
	}

	@Override
	boolean advance(InboundBuffer inbound) throws Throwable {
		this.gate.check();
		if (this.gate.isWaiting()) {
			return false;
		}
		int length = inbound.unread();
		if (this.writer.isClosed() && (length > 0 || !inbound.hasEnded())) {
			// This stage fails when the writer's connection has closed, with the reason.
			this.gate.passes(this.writer.readyForMore());
		}
		else if (length > 0) {
			this.transferred += length;
			this.writer.write(inbound.take());
			if (this.writer.isCongested()) {
				this.gate.passes(this.writer.readyForMore());
			}
		}
		return false;
	}

	@Override
	boolean atEnd(InboundBuffer inbound) {
		return endWith(this.transferred);
	}

	@Override
	void over() {
		this.closeListener.cancel();
	}

	@Override
	boolean isWaiting() {
		return this.gate.isWaiting();
	}

	@Override
	int wanted(int readerBufferSize) {
		return this.gate.isWaiting() ? 0 : readerBufferSize;
	}

}
