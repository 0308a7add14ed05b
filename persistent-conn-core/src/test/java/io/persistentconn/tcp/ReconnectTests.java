package io.persistentconn.tcp;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.sun.management.UnixOperatingSystemMXBean;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A persistent connection over real sockets, to a server that hangs up on it.
 */
class ReconnectTests {

	private static final int RECONNECTS = 10_000;

	@Test
	@Tag("C1")
	@Tag("T2")
	void tenThousandReconnectsLeaveNothingBehind() {
		NettyTransport transport = NettyTransport.auto(2, "reconnect");
		TcpHandler<InetSocketAddress> hangUp = (client, reader, writer) -> CompletableFuture.completedStage(null);
		TcpServer<InetSocketAddress, Integer> server = TcpServer
			.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
			.transport(transport)
			.start(hangUp)
			.join();
		InetSocketAddress address = server.listeningOnAddress();
		TcpClient client = TcpClient.over(transport);
		PersistentConnection<TcpConnection<?>> connection = PersistentConnection
			.<InetSocketAddress, TcpConnection<?>>builder("restless",
					(context, to) -> client
						.connect(WhereToConnect.inet(to), ConnectOptions.defaults().withInterrupt(context.interrupt()))
						.thenApply((connected) -> connected))
			.address(() -> CompletableFuture.completedStage(address))
			.retryDelay(RetryDelay.constant(Duration.ofNanos(1)))
			.timeSource(new EventLoopTimeSource(transport.next()))
			.start();
		awaitConnects(connection, RECONNECTS / 10);
		connection.pause().join();
		awaitNoClients(server);
		Baseline before = Baseline.measure();

		connection.resume();
		awaitConnects(connection, RECONNECTS + RECONNECTS / 10);
		connection.pause().join();
		awaitNoClients(server);

		Baseline after = Baseline.measure();
		assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 5);
		assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 5);
		assertThat(after.liveHeap()).as("100 bytes left behind by each reconnect would be a megabyte")
			.isLessThan(before.liveHeap() + 1_000_000);
		connection.close();
		server.closeAsync(CloseExisting.YES).join();
		transport.closeAsync().join();
	}

	private static void awaitConnects(PersistentConnection<?> connection, long connects) {
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> connection.status().connects() >= connects);
	}

	private static void awaitNoClients(TcpServer<?, ?> server) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> server.numConnections() == 0);
	}

	private record Baseline(long descriptors, int threads, long liveHeap) {

		static Baseline measure() {
			long liveHeap = Long.MAX_VALUE;
			for (int i = 0; i < 5; i++) {
				System.gc();
				liveHeap = Math.min(liveHeap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			}
			UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
			return new Baseline(system.getOpenFileDescriptorCount(),
					ManagementFactory.getThreadMXBean().getThreadCount(), liveHeap);
		}

	}

}
