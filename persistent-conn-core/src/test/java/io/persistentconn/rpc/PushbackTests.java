package io.persistentconn.rpc;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.rpc.transport.MemoryTransport;
import io.persistentconn.rpc.transport.MessageTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R5")
@Tag("R6")
class PushbackTests {

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

	@Test
	void whoWaitsWhenTheConnectionBreaksDoesNotAskAgain() {
		VirtualTimeSource time = new VirtualTimeSource();
		MemoryTransport.Pair transports = MemoryTransport.pair(time, time);
		AtomicInteger waits = new AtomicInteger();
		PipeWriter<String> source = PipeWriter.create();
		CompletableFuture<RpcConnection> server = RpcConnection.establish(counting(transports.second(), waits),
				RpcOptions.defaults()
					.withImplementations(Implementations.of(LINES.implement(
							(context, unit) -> CompletableFuture.completedFuture(Outcome.accepted(source.pipe()))))));
		CompletableFuture<RpcConnection> client = RpcConnection.establish(transports.first(), RpcOptions.defaults());
		time.run();
		LINES.dispatch(client.join(), Unit.UNIT);
		time.run();
		transports.first().holdBack(true);
		time.run();
		while (source.tryWrite("x".repeat(1000))) {
			time.run();
		}
		assertThat(waits).hasValue(1);
		transports.second().cutAfter(0, new IllegalStateException("expected by the test"));
		time.run();
		assertThat(server.join().isClosed()).isTrue();
		assertThat(source.isClosed()).isTrue();
		assertThat(waits).hasValue(1);
	}

	/** Counts who asks when there is room. */
	private static MessageTransport counting(MessageTransport transport, AtomicInteger waits) {
		return (MessageTransport) Proxy.newProxyInstance(PushbackTests.class.getClassLoader(),
				new Class<?>[] { MessageTransport.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("readyForMore")) {
						waits.incrementAndGet();
					}
					return method.invoke(transport, arguments);
				});
	}

	private StreamWriter<String> open() {
		this.ends.done(LINES.dispatchIter(this.ends.client(), Unit.UNIT, new StreamHandler<>() {

			@Override
			public @Nullable CompletionStage<?> onUpdate(String update) {
				PushbackTests.this.updates.add(update);
				return null;
			}

			@Override
			public void onEnd(Optional<Throwable> error) {
			}

		}));
		return this.writers.get(0);
	}

}
