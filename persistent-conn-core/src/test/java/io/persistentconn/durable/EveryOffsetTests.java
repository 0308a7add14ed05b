package io.persistentconn.durable;

import java.util.function.Function;

import io.persistentconn.rpc.transport.MemoryTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that is cut at every place, from the first byte of the handshake to after
 * the last update.
 */
@Tag("D2")
@Tag("D5")
@ExtendWith(Quiet.class)
class EveryOffsetTests {

	private static final int UPDATES = 5;

	@Test
	void aStreamOfTheServerCutAnywhereRecovers() {
		cutEverywhere(MemoryTransport.Pair::second);
	}

	@Test
	void aStreamOfTheClientCutAnywhereRecovers() {
		cutEverywhere(MemoryTransport.Pair::first);
	}

	private void cutEverywhere(Function<MemoryTransport.Pair, MemoryTransport> end) {
		World uncut = run(end, Long.MAX_VALUE, null);
		assertThat(uncut.transports).hasSize(1);
		long length = end.apply(uncut.lastTransport()).bytesWritten();
		assertThat(length).isGreaterThan(50);
		for (long offset = 0; offset <= length; offset++) {
			for (Throwable error : new Throwable[] { null, new IllegalStateException("reset") }) {
				World cut = run(end, offset, error);
				assertThat(cut.transports).as("cut after " + offset).hasSizeGreaterThan(1);
			}
		}
	}

	/** Subscribes, changes the state a few times, and cuts the first connection. */
	private static World run(Function<MemoryTransport.Pair, MemoryTransport> end, long offset, Throwable error) {
		World world = new World().withoutHeartbeats();
		world.onConnect = (pair) -> {
			if (world.transports.size() == 1) {
				end.apply(pair).cutAfter(offset, error);
			}
		};
		Subscriber subscriber = Subscriber.of(world, "a").read();
		for (int update = 1; update <= UPDATES; update++) {
			world.run();
			world.change(update);
		}
		world.advance(30);
		world.expectNoViolation("cut after " + offset + " by " + error);
		assertThat(world.subscriptions()).as("cut after " + offset).isOne();
		subscriber.close();
		world.run();
		assertThat(world.subscriptions()).as("cut after " + offset).isZero();
		world.expectNothingRemains("cut after " + offset);
		return world;
	}

}
