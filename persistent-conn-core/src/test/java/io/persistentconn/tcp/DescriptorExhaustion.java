package io.persistentconn.tcp;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import org.slf4j.LoggerFactory;

/**
 * A process of its own, with few descriptors, that uses up all of them while a server
 * listens in it. Prints one line of numbers, see {@link #main}.
 */
final class DescriptorExhaustion {

	private static final int CLIENTS = 20;

	private static final long WINDOW_SECONDS = 4;

	private DescriptorExhaustion() {
	}

	/**
	 * Runs. The line printed: how often accepting failed and how many milliseconds of
	 * processor time went by, while nothing could be accepted; how many milliseconds that
	 * was; how many of the clients were served afterwards.
	 * @param args the {@link ServerKind}
	 */
	public static void main(String[] args) throws Exception {
		// The tests' configuration switches it off, but the warning is a part of the
		// output.
		((Logger) LoggerFactory.getLogger(TcpServer.class)).setLevel(Level.WARN);
		ServerKind kind = ServerKind.valueOf(args[0]);
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		NettyTransport transport = kind.newTransport();
		TcpServer<?, ?> server = TcpServer.builder(kind.where(Path.of(".")))
			.transport(transport)
			.startSock(TestHandlers.echo())
			.join();
		try (PlainClient first = PlainClient.connect(server)) {
			first.send("ready").receive(5);
		}
		system.getProcessCpuTime();
		server.counters();
		Deque<SocketChannel> clients = new ArrayDeque<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(SocketChannel.open(StandardProtocolFamily.INET));
		}
		List<FileChannel> files = useUpDescriptors();
		for (SocketChannel client : clients) {
			// Needs no further descriptor here, but one for the server to accept.
			client.connect(server.listeningOnAddress());
		}
		awaitFailures(server, 1);
		long failures = server.counters().failedAccepts();
		long processorTime = system.getProcessCpuTime();
		long start = System.nanoTime();
		awaitNothing();
		long window = System.nanoTime() - start;
		processorTime = system.getProcessCpuTime() - processorTime;
		failures = server.counters().failedAccepts() - failures;
		for (FileChannel file : files) {
			file.close();
		}
		int served = 0;
		for (SocketChannel client : clients) {
			served += PlainClient.of(client).send("hello").receive(5).equals("hello") ? 1 : 0;
		}
		System.out.println("NUMBERS " + failures + " " + TimeUnit.NANOSECONDS.toMillis(processorTime) + " "
				+ TimeUnit.NANOSECONDS.toMillis(window) + " " + served);
		server.closeAsync(CloseExisting.YES).join();
		transport.closeAsync().join();
	}

	private static List<FileChannel> useUpDescriptors() {
		List<FileChannel> files = new ArrayList<>();
		try {
			while (true) {
				files.add(FileChannel.open(Path.of("/dev/null")));
			}
		}
		catch (IOException ex) {
			return files;
		}
	}

	private static void awaitFailures(TcpServer<?, ?> server, long number) {
		while (server.counters().failedAccepts() < number) {
			Thread.onSpinWait();
		}
	}

	private static void awaitNothing() throws InterruptedException {
		if (new CountDownLatch(1).await(WINDOW_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException();
		}
	}

}
