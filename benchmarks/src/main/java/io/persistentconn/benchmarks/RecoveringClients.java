package io.persistentconn.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import io.persistentconn.binprot.Unit;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.durable.Durable;
import io.persistentconn.durable.DurableStateRpc;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.rpc.RpcClient;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.EventLoopTimeSource;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.WhereToConnect;

/**
 * The clients of {@link RecoveryBenchmark}: each has a persistent connection and one
 * subscription over it. Everything is done by one event loop.
 */
final class RecoveringClients implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 60;

	private final NettyTransport transport = NettyTransport.auto(1, "client");

	private final EventLoop loop = this.transport.next();

	private final RpcClient client = RpcClient.over(TcpClient.over(this.transport));

	private final List<PersistentConnection<RpcConnection>> connections = new ArrayList<>();

	/** What each has been told of the server's state. */
	private final long[] states;

	private final List<Long> attempts = new ArrayList<>();

	private final List<Long> recoveries = new ArrayList<>();

	private CountDownLatch waiting;

	RecoveringClients(int number, int port, Duration retryDelay, Duration initialSpread) {
		this.states = new long[number];
		this.waiting = new CountDownLatch(number);
		for (int i = 0; i < number; i++) {
			int index = i;
			PersistentConnection<RpcConnection> connection = PersistentConnection
				.<HostAndPort, RpcConnection>builder("client", (context, to) -> connect(to))
				.address(() -> CompletableFuture.completedFuture(new HostAndPort("127.0.0.1", port)))
				.retryDelay(RetryDelay.constant(retryDelay))
				.initialSpread(initialSpread)
				.timeSource(new EventLoopTimeSource(this.loop))
				.start();
			this.connections.add(connection);
			DurableStateRpc.create(Durable.of(connection), RecoveryServer.STATE, Unit.UNIT, retryDelay)
				.forEach((update) -> {
					told(index, update);
					return CompletableFuture.completedFuture(null);
				});
		}
	}

	private CompletableFuture<RpcConnection> connect(HostAndPort address) {
		this.attempts.add(RecoveryServer.now());
		return this.client.connect(WhereToConnect.hostAndPort(address.host(), address.port()));
	}

	private void told(int index, StateUpdate<Long, Long, String> update) {
		if (update instanceof StateUpdate.State<Long, Long, String> now) {
			this.states[index] = now.state();
			this.recoveries.add(RecoveryServer.now());
			this.waiting.countDown();
		}
		else if (update instanceof StateUpdate.Update<Long, Long, String> change) {
			this.states[index] += change.update();
		}
	}

	/** Forgets what was, and waits for all to be told a state once more. */
	void begin() {
		onLoop(() -> {
			this.attempts.clear();
			this.recoveries.clear();
			this.waiting = new CountDownLatch(this.states.length);
			return null;
		});
	}

	void awaitAll() throws InterruptedException {
		if (!this.waiting.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException(this.waiting.getCount() + " of " + this.states.length + " not recovered");
		}
	}

	/** Asks the server to finish, and waits until all are in its last state. */
	RecoveryServer.Report finish() throws InterruptedException {
		RpcConnection any = this.connections.get(0).awaitConnected(Duration.ofSeconds(PATIENCE_SECONDS));
		RecoveryServer.Report report = RecoveryServer.FINISH.dispatch(any, Unit.UNIT).join();
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (!onLoop(() -> Arrays.stream(this.states).allMatch((state) -> state == report.state()))) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("not all are in the state " + report.state());
			}
			Thread.sleep(1);
		}
		return report;
	}

	/** When each attempt to connect began. */
	List<Long> attempts() {
		return onLoop(() -> List.copyOf(this.attempts));
	}

	/** When each was told the state. */
	List<Long> recoveries() {
		return onLoop(() -> List.copyOf(this.recoveries));
	}

	private <T> T onLoop(Supplier<T> what) {
		return CompletableFuture.supplyAsync(what, this.loop).join();
	}

	@Override
	public void close() {
		CompletableFuture
			.allOf(this.connections.stream().map(PersistentConnection::closeAsync).toArray(CompletableFuture[]::new))
			.join();
		this.transport.closeAsync().join();
	}

}
