package io.persistentconn.benchmarks;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;
import io.persistentconn.benchmarks.Benchmarks.Effort;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;

/**
 * What a unary call allocates on the event loop of each side, beyond the arrays of 32
 * bytes that are its payload.
 */
final class RpcAllocationBenchmark {

	private static final int OUTSTANDING = 64;

	private static final int CALLS_PER_MILLI = 100;

	/** Of an array of 32 bytes, which the codec of either side makes. */
	private static final int PAYLOAD = 48;

	private static final Rpc<byte[], byte[]> ECHO = Rpc.of("echo", 1, BinCodecs.BIGSTRING, BinCodecs.BIGSTRING);

	private RpcAllocationBenchmark() {
	}

	static void run(Effort effort) throws Exception {
		int calls = (int) effort.round().toMillis() * CALLS_PER_MILLI;
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		NettyTransport serving = NettyTransport.auto(1, "serving");
		NettyTransport calling = NettyTransport.auto(1, "calling");
		RpcServer<InetSocketAddress, Integer> server = RpcServer
			.over(TcpServer.builder(WhereToListen.portChosenByOs()).transport(serving),
					RpcOptions.defaults()
						.withImplementations(Implementations.of(ECHO.implementNow((context, bytes) -> bytes))))
			.start()
			.join();
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.tcp().listeningOn());
		RpcConnection connection = io.persistentconn.rpc.RpcClient.over(TcpClient.over(calling))
			.connect(WhereToConnect.inet(address))
			.join();
		new Caller(connection, calls).run(calling);
		long servingThread = threadOf(serving);
		long callingThread = threadOf(calling);
		long served = threads.getThreadAllocatedBytes(servingThread);
		long called = threads.getThreadAllocatedBytes(callingThread);
		new Caller(connection, calls).run(calling);
		served = threads.getThreadAllocatedBytes(servingThread) - served;
		called = threads.getThreadAllocatedBytes(callingThread) - called;
		System.out.printf("%nBytes that a call allocates, beyond its payload%n%-44s %14d%n%-44s %14d%n",
				"at the server", served / calls - PAYLOAD, "at the client", called / calls - PAYLOAD);
		connection.closeAsync().join();
		server.closeAsync().join();
		calling.closeAsync().join();
		serving.closeAsync().join();
	}

	private static long threadOf(NettyTransport transport) throws Exception {
		return transport.next().submit(() -> Thread.currentThread().getId()).get();
	}

	private static final class Caller {

		private final RpcConnection connection;

		private final int calls;

		private final CompletableFuture<Void> finished = new CompletableFuture<>();

		private final byte[] message = new byte[32];

		private int answers;

		Caller(RpcConnection connection, int calls) {
			this.connection = connection;
			this.calls = calls;
		}

		void run(NettyTransport calling) {
			calling.next().execute(() -> {
				for (int i = 0; i < OUTSTANDING; i++) {
					call();
				}
			});
			this.finished.join();
		}

		private void call() {
			ECHO.dispatch(this.connection, this.message).whenComplete((answer, error) -> {
				this.answers++;
				if (error != null) {
					this.finished.completeExceptionally(error);
				}
				else if (this.answers == this.calls) {
					this.finished.complete(null);
				}
				else if (this.answers <= this.calls - OUTSTANDING) {
					call();
				}
			});
		}

	}

}
