package io.persistentconn.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StateStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeTests {

	private final PersistentConnection<RpcConnection> connection = PersistentConnection
		.<String, RpcConnection>builder("node", (context, address) -> new CompletableFuture<>())
		.address(() -> CompletableFuture.completedFuture("address"))
		.build();

	private final FakeNode other = new FakeNode();

	private Instant now = Instant.EPOCH;

	private final Node node = new Node(this.connection, this.other, () -> {
		throw new AssertionError("nobody asks for the status");
	}, () -> this.now);

	@Test
	void remembersTwoMinutes() {
		Vitals vitals = new VitalsSource().measure();
		List<Sample> received = new ArrayList<>();
		for (int second = 0; second <= 125; second += 5) {
			this.now = Instant.ofEpochSecond(second);
			received.add(this.node.receive(vitals));
		}
		assertThat(received.get(0)).isEqualTo(new Sample(0, vitals));
		assertThat(this.node.samples()).isEqualTo(received.subList(1, received.size()));
	}

	@Test
	void isToldALine() {
		this.node.log(new LogLine("tests", "hello"));
		assertThat(this.other.told).containsExactly(new LogLine("tests", "hello"));
	}

	/** Plays the other side: all that it takes is the contract. */
	private static final class FakeNode implements FleetContract {

		private final List<LogLine> told = new ArrayList<>();

		@Override
		public StateStream<Vitals, Vitals> vitals() {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<NodeInfo> nodeInfo() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void log(LogLine line) {
			this.told.add(line);
		}

	}

}
