package io.persistentconn.tcp;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * {@link TcpReader#readLine(int)}.
 */
final class ReadLine extends ReadOperation<Optional<String>> {

	private final LineScanner scanner;

	ReadLine(SocketAddress peer, int maxLength) {
		this.scanner = new LineScanner(peer, maxLength);
	}

	@Override
	boolean advance(InboundBuffer inbound) {
		String line = this.scanner.next(inbound);
		return line != null && endWith(Optional.of(line));
	}

	@Override
	boolean atEnd(InboundBuffer inbound) {
		return endWith(Optional.ofNullable(this.scanner.last(inbound)));
	}

	@Override
	int wanted(int readerBufferSize) {
		return this.scanner.wanted(readerBufferSize);
	}

}
