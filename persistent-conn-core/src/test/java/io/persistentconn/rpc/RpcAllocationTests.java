package io.persistentconn.rpc;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call costs, in bytes, on the event loop of each side.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RpcAllocationTests {

	private static final int CALLS = 100_000;

	private static final int OUTSTANDING = 64;

	/** An array of 32 bytes, which the codec of either side makes. */
	private static final int PAYLOAD = 48;

	private static final Rpc<byte[], byte[]> ECHO = Rpc.of("echo", 1, BinCodecs.BIGSTRING, BinCodecs.BIGSTRING);

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void aCallAllocatesLessThan400BytesOnEachSide() throws Exception {
		NettyTransport serving = NettyTransport.nio(1, "serving");
		NettyTransport calling = NettyTransport.nio(1, "calling");
		RpcServer<InetSocketAddress, Integer> server = RpcServer
			.over(TcpServer.builder(WhereToListen.portChosenByOs()).transport(serving),
					RpcOptions.defaults()
						.withImplementations(Implementations.of(ECHO.implementNow((context, bytes) -> bytes))))
			.start()
			.join();
		RpcConnection connection = RpcClient.over(TcpClient.over(calling))
			.connect(WhereToConnect
				.inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.tcp().listeningOn())))
			.join();
		call(calling, connection);
		long servingThread = threadOf(serving);
		long callingThread = threadOf(calling);
		long served = this.threads.getThreadAllocatedBytes(servingThread);
		long called = this.threads.getThreadAllocatedBytes(callingThread);
		call(calling, connection);
		served = this.threads.getThreadAllocatedBytes(servingThread) - served;
		called = this.threads.getThreadAllocatedBytes(callingThread) - called;
		assertThat(served / CALLS - PAYLOAD).as("bytes a call at the server").isLessThan(400);
		assertThat(called / CALLS - PAYLOAD).as("bytes a call at the client").isLessThan(400);
		connection.closeAsync().join();
		server.closeAsync().join();
		calling.closeAsync().join();
		serving.closeAsync().join();
	}

	private static void call(NettyTransport calling, RpcConnection connection) throws Exception {
		CompletableFuture<Void> finished = new CompletableFuture<>();
		Caller caller = new Caller(connection, finished);
		calling.next().execute(() -> {
			for (int i = 0; i < OUTSTANDING; i++) {
				caller.call();
			}
		});
		finished.get(60, TimeUnit.SECONDS);
	}

	private static long threadOf(NettyTransport transport) throws Exception {
		return transport.next().submit(() -> Thread.currentThread().getId()).get();
	}

	private static final class Caller {

		private final RpcConnection connection;

		private final CompletableFuture<Void> finished;

		private final byte[] message = new byte[32];

		private int answers;

		Caller(RpcConnection connection, CompletableFuture<Void> finished) {
			this.connection = connection;
			this.finished = finished;
		}

		void call() {
			ECHO.dispatch(this.connection, this.message).whenComplete((answer, error) -> {
				if (error != null) {
					this.finished.completeExceptionally(error);
				}
				else if (++this.answers == CALLS) {
					this.finished.complete(null);
				}
				else if (this.answers <= CALLS - OUTSTANDING) {
					call();
				}
			});
		}

	}

}
