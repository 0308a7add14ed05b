package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * {@link TcpReader#forEachLine(int, Function)}.
 */
final class LineLoop extends ReadOperation<@Nullable Void> {

	private final LineScanner scanner;

	private final StageGate gate;

	private final Function<? super String, ? extends CompletionStage<?>> handler;

	LineLoop(SocketAddress peer, int maxLength, StageGate gate,
			Function<? super String, ? extends CompletionStage<?>> handler) {
		this.scanner = new LineScanner(peer, maxLength);
		this.gate = gate;
		this.handler = handler;
	}

	@Override
	boolean advance(InboundBuffer inbound) throws Throwable {
		this.gate.check();
		while (!this.gate.isWaiting() && !isAbandoned()) {
			String line = this.scanner.next(inbound);
			if (line == null) {
				break;
			}
			this.gate.passes(this.handler.apply(line));
		}
		return false;
	}

	@Override
	boolean atEnd(InboundBuffer inbound) throws Throwable {
		String line = this.scanner.last(inbound);
		return (line == null || this.gate.passes(this.handler.apply(line))) && endWith(null);
	}

	@Override
	boolean isWaiting() {
		return this.gate.isWaiting();
	}

	@Override
	int wanted(int readerBufferSize) {
		return this.scanner.wanted(readerBufferSize);
	}

}
