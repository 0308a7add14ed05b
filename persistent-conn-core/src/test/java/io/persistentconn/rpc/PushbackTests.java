package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R5")
@Tag("R6")
class StreamWriterTests {

	private static final PipeRpc<Unit, String, String> LINES = PipeRpc.of("lines", 1, BinCodecs.UNIT, BinCodecs.STRING,
			BinCodecs.STRING);

	private final List<StreamWriter<String>> writers = new ArrayList<>();

	private final List<String> updates = new ArrayList<>();

	private final TwoEnds ends = TwoEnds.serving(LINES.implementDirect((context, unit, writer) -> {
		this.writers.add(writer);
		return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
	}));

	@Test
	void anotherThreadHasToWaitWhileTheOwnerIsBehind() {
		StreamWriter<String> writer = open();
		int written = 0;
		while (!writer.isBackedUp()) {
			writer.write("" + written++);
			assertThat(written).isLessThan(1000);
		}
		CompletableFuture<Void> ready = writer.readyForMore();
		assertThat(ready).isNotDone();
		this.ends.done(ready);
		assertThat(writer.isBackedUp()).isFalse();
		assertThat(this.updates).hasSize(written);
	}

	private StreamWriter<String> open() {
		this.ends.done(LINES.dispatchIter(this.ends.client(), Unit.UNIT, new StreamHandler<>() {

			@Override
			public @Nullable CompletionStage<?> onUpdate(String update) {
				StreamWriterTests.this.updates.add(update);
				return null;
			}

			@Override
			public void onEnd(Optional<Throwable> error) {
			}

		}));
		return this.writers.get(0);
	}

}
