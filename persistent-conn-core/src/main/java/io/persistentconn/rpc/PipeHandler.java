package io.persistentconn.rpc;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

/**
 * Puts the updates of a stream into a pipe. Source: rule R5.
 *
 * @param <U> the type of the updates
 */
final class PipeHandler<U> implements StreamHandler<U> {

	private final PipeWriter<U> writer = PipeWriter.create();

	private final RpcId rpc;

	private final boolean pushesBack;

	private final int maxBuffered;

	PipeHandler(StreamDefinition<?, ?, U, ?> definition) {
		this.rpc = definition.id();
		this.pushesBack = definition.pushesBack();
		this.maxBuffered = definition.maxBuffered();
	}

	Pipe<U> pipe() {
		return this.writer.pipe();
	}

	@Override
	public @Nullable CompletionStage<?> onUpdate(U update) {
		this.writer.writeWithoutPushback(update);
		int buffered = pipe().size();
		if (this.pushesBack) {
			return (buffered > 0) ? this.writer.pushback() : null;
		}
		if (buffered > this.maxBuffered) {
			throw new SlowConsumerException(this.rpc.toString(), this.maxBuffered);
		}
		return null;
	}

	@Override
	public void onEnd(Optional<Throwable> error) {
		error.ifPresentOrElse(this.writer::fail, this.writer::close);
	}

}
