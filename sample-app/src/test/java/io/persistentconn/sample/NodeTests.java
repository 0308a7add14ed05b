package io.persistentconn.sample;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.transport.MemoryTransport;
import io.persistentconn.sample.NodeStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link Node} and the {@link NodeService} that it calls, without sockets.
 */
class NodeTests {

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final List<Object> published = new ArrayList<>();

	private final NodeService service = new NodeService(new VitalsSource());

	private Implementations offered = Implementations.of(this.service.vitalsRpc(), this.service.nodeInfoRpc(),
			this.service.logRpc(this.published::add));

	private final PersistentConnection<RpcConnection> connection = PersistentConnection
		.<String, RpcConnection>builder("node", (context, address) -> connect())
		.address(() -> CompletableFuture.completedFuture("address"))
		.retryDelay(RetryDelay.constant(RETRY_DELAY).jittered(0))
		.timeSource(this.time)
		.build();

	private final List<Sample> heard = new ArrayList<>();

	private final List<Throwable> failures = new ArrayList<>();

	private final Node node = new Node(this.connection, Clock.systemUTC(), this.heard::add, this.failures::add);

	@AfterEach
	void close() {
		this.connection.closeAsync();
		this.time.advanceBy(RETRY_DELAY);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void tellsItsVitalsAtOnceAndWheneverItHasMeasured() {
		start();
		assertThat(this.heard).hasSize(1);
		measure();
		measure();
		assertThat(this.heard).hasSize(3);
		assertThat(this.heard.get(2).vitals().uptimeMillis())
			.isGreaterThanOrEqualTo(this.heard.get(0).vitals().uptimeMillis());
		assertThat(this.node.samples()).isEqualTo(this.heard);
	}

	@Test
	void tellsThemAgainOnTheNextConnection() {
		start();
		this.node.cut();
		this.time.advanceBy(RETRY_DELAY);
		assertThat(this.heard).hasSize(2);
		measure();
		assertThat(this.heard).hasSize(3);
	}

	@Test
	void saysWhoItIs() {
		assertThat(this.node.status().info()).isNull();
		start();
		assertThat(this.node.status().info()).isEqualTo(new VitalsSource().nodeInfo());
	}

	@Test
	void isToldOneLineWithoutControlCharacters() {
		start();
		CompletableFuture<Void> sent = this.node.log("one\n\u001b[31mtwo" + "o".repeat(LogLine.MAX_LENGTH));
		this.time.run();
		assertThat(sent).isCompleted();
		assertThat(this.published)
			.containsExactly(new LogLine("tests", "one  [31mtwo" + "o".repeat(LogLine.MAX_LENGTH - 12)));
	}

	@Test
	void cannotBeToldAnythingWhileItIsNotConnected() {
		assertThat(this.node.log("hello")).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(NodeNotConnectedException.class);
	}

	@Test
	void isConnectedEvenIfItOffersSomethingElse() {
		this.offered = Implementations.none();
		start();
		assertThat(this.failures).extracting(ErrorText::of)
			.satisfiesExactlyInAnyOrder((text) -> assertThat(text).startsWith("vitals"),
					(text) -> assertThat(text).startsWith("node-info"));
		assertThat(this.node.status().state()).isEqualTo(State.CONNECTED);
		this.failures.clear();
	}

	private void start() {
		this.connection.start();
		this.time.run();
	}

	private void measure() {
		this.service.measure();
		this.time.run();
	}

	private CompletionStage<RpcConnection> connect() {
		MemoryTransport.Pair ends = MemoryTransport.pair(this.time, this.time);
		RpcConnection.establish(ends.second(), RpcOptions.defaults().withImplementations(this.offered));
		return RpcConnection.establish(ends.first(), RpcOptions.defaults().withIdentification("tests"));
	}

}
