package io.persistentconn.tcp;

import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What a connection needs to know, whether a client or a server made it.
 *
 * @param readerBufferSize as {@link ConnectOptions#readerBufferSize()}
 * @param writerBufferSize as {@link ConnectOptions#writerBufferSize()}
 * @param bufferAgeLimit as {@link ConnectOptions#bufferAgeLimit()}
 * @param timeSource for its timers; {@code null} is the channel's event loop
 * @param liveness as {@link ConnectOptions#liveness()}
 */
record ConnectionSettings(int readerBufferSize, int writerBufferSize, BufferAgeLimit bufferAgeLimit,
		@Nullable TimeSource timeSource, Liveness liveness) {

	static final int DEFAULT_READER_BUFFER_SIZE = 64 * 1024;

	static final int DEFAULT_WRITER_BUFFER_SIZE = 128 * 1024;

	static final ConnectionSettings DEFAULT = new ConnectionSettings(DEFAULT_READER_BUFFER_SIZE,
			DEFAULT_WRITER_BUFFER_SIZE, BufferAgeLimit.DEFAULT, null, Liveness.none());

	ConnectionSettings {
		Checks.atLeastOne("readerBufferSize", readerBufferSize);
		Checks.atLeastOne("writerBufferSize", writerBufferSize);
	}

	ConnectionSettings withReaderBufferSize(int bytes) {
		return new ConnectionSettings(bytes, this.writerBufferSize, this.bufferAgeLimit, this.timeSource,
				this.liveness);
	}

	ConnectionSettings withWriterBufferSize(int bytes) {
		return new ConnectionSettings(this.readerBufferSize, bytes, this.bufferAgeLimit, this.timeSource,
				this.liveness);
	}

	ConnectionSettings withBufferAgeLimit(BufferAgeLimit limit) {
		return new ConnectionSettings(this.readerBufferSize, this.writerBufferSize, limit, this.timeSource,
				this.liveness);
	}

	ConnectionSettings withLiveness(Liveness liveness) {
		return new ConnectionSettings(this.readerBufferSize, this.writerBufferSize, this.bufferAgeLimit,
				this.timeSource, liveness);
	}

}
