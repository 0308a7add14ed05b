package io.persistentconn.rpc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.ConnectionMetadata;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageWriter;
import io.persistentconn.rpc.protocol.StreamData;
import io.persistentconn.tcp.BufferAgeLimit;
import io.persistentconn.tcp.BufferAgeLimitException;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Fast streams over real sockets to subscribers one of which stops reading.
 */
@Tag("R5")
class SlowSubscriberTests {

	private static final int VERSION = 11;

	private static final long MANY = 100_000;

	private static final long HEAP_BOUND = 32 * 1024 * 1024;

	/** What the buffers of both kernels may hold, and ours. */
	private static final long PULLED_BOUND = 32 * 1024;

	private static final String UPDATE = "x".repeat(1000);

	/** The query names the subscriber. */
	private static final PipeRpc<String, String, String> PULLED = stream("pulled");

	private static final PipeRpc<String, String, String> DIRECT = stream("direct");

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final NettyTransport transport = NettyTransport.nio(2, "rpc");

	private final ConcurrentHashMap<String, Subscriber> subscribers = new ConcurrentHashMap<>();

	private final List<AutoCloseable> resources = new ArrayList<>();

	private @Nullable RpcServer<InetSocketAddress, Integer> server;

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
		this.transport.closeAsync().join();
	}

	@ParameterizedTest
	@ValueSource(strings = { "pulled", "direct" })
	void aSubscriberThatStopsReadingTakesNoMemoryAndNothingFromTheOthers(String rpc) throws Exception {
		serve(BufferAgeLimit.DEFAULT);
		subscribeAndStopReading(rpc);
		AtomicLong received = new AtomicLong();
		RpcConnection healthy = connect();
		get(stream(rpc).dispatchIter(healthy, "healthy", new Counting(received))).orElseThrow();
		await().atMost(Duration.ofMinutes(2)).until(() -> received.get() > MANY / 10);
		long before = used();
		await().atMost(Duration.ofMinutes(2)).until(() -> received.get() > MANY);
		assertThat(used() - before).isLessThan(HEAP_BOUND);
		assertThat(subscriber("stopped").written.get()).isBetween(1L, PULLED_BOUND);
		assertThat(subscriber("stopped").connection.bytesToWrite()).isBetween(1L, 1024 * 1024L);
		assertThat(get(ECHO.dispatch(healthy, "alive"))).isEqualTo("alive");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pulled", "direct" })
	@Tag("T4")
	void aSubscriberThatStopsReadingIsCutOffByTheAgeOfWhatItDoesNotTake(String rpc) throws Exception {
		serve(BufferAgeLimit.atMost(Duration.ofSeconds(1)));
		subscribeAndStopReading(rpc);
		RpcConnection healthy = connect();
		RpcConnection stopped = subscriber("stopped").connection;
		get(stopped.closeFinished());
		assertThat(stopped.closeReason()).get()
			.isInstanceOfSatisfying(RpcConnectionException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(RpcConnectionException.Kind.TRANSPORT_FAILED));
		assertThat(stopped.closeReason().orElseThrow()).hasCauseInstanceOf(BufferAgeLimitException.class)
			.hasMessageContaining("expected: at most PT1S");
		get(subscriber("stopped").ended);
		assertThat(get(ECHO.dispatch(healthy, "alive"))).isEqualTo("alive");
	}

	/** On the other end: one that takes what it does not read. */
	@Test
	void aConsumerThatDoesNotReadItsPipeLosesItsStreamOnly() throws Exception {
		serve(BufferAgeLimit.DEFAULT);
		RpcConnection connection = connect();
		AtomicLong received = new AtomicLong();
		get(PULLED.dispatchIter(connection, "healthy", new Counting(received))).orElseThrow();
		long before = used();
		Pipe<String> unread = get(PULLED.withMaxBuffered(1000).dispatch(connection, "lazy")).orElseThrow();
		get(subscriber("lazy").ended);
		long soFar = received.get();
		await().atMost(Duration.ofMinutes(2)).until(() -> received.get() > soFar + MANY);
		assertThat(used() - before).isLessThan(HEAP_BOUND);
		for (int i = 0; i < 1001; i++) {
			assertThat(get(unread.read())).contains(UPDATE);
		}
		assertThat(unread.read().handle((value, failure) -> failure).get(1, TimeUnit.MINUTES))
			.isInstanceOf(SlowConsumerException.class)
			.hasMessageContaining("1000 updates");
		assertThat(get(ECHO.dispatch(connection, "alive"))).isEqualTo("alive");
	}

	private static PipeRpc<String, String, String> stream(String name) {
		return PipeRpc.of(name, 1, BinCodecs.STRING, BinCodecs.STRING, BinCodecs.STRING);
	}

	private void serve(BufferAgeLimit limit) {
		RpcServer<InetSocketAddress, Integer> begun = RpcServer.over(
				TcpServer.builder(WhereToListen.portChosenByOs()).transport(this.transport).bufferAgeLimit(limit),
				RpcOptions.defaults()
					.withImplementations(Implementations.of(ECHO.implementNow((context, text) -> text),
							PULLED.implement((context, name) -> accepted(
									feed(new Subscriber(name, context.connection()), PipeWriter.create(100)))),
							DIRECT.implementDirect((context, name, writer) -> {
								feed(new Subscriber(name, context.connection()), writer);
								return accepted(Unit.UNIT);
							}))));
		this.server = get(begun.start());
		this.resources.add(() -> get(begun.closeAsync()));
	}

	private static <T> CompletableFuture<Outcome<T, String>> accepted(T value) {
		return CompletableFuture.completedFuture(Outcome.accepted(value));
	}

	/** Writes as fast as the pipe takes it. */
	private Pipe<String> feed(Subscriber subscriber, PipeWriter<String> writer) {
		begin(subscriber, () -> {
			while (!writer.isClosed()) {
				if (writer.tryWrite(UPDATE)) {
					subscriber.written.incrementAndGet();
				}
				else {
					writer.pushback().join();
				}
			}
		});
		return writer.pipe();
	}

	/** Writes as fast as the connection takes it. */
	private void feed(Subscriber subscriber, StreamWriter<String> writer) {
		begin(subscriber, () -> {
			while (!writer.isClosed()) {
				if (!writer.isBackedUp()) {
					writer.write(UPDATE);
					subscriber.written.incrementAndGet();
				}
				else {
					writer.readyForMore().exceptionally((closed) -> null).join();
				}
			}
		});
	}

	private void begin(Subscriber subscriber, Runnable feeding) {
		this.subscribers.put(subscriber.name, subscriber);
		Thread thread = new Thread(() -> {
			feeding.run();
			subscriber.ended.complete(null);
		}, "feeds " + subscriber.name);
		thread.setDaemon(true);
		thread.start();
	}

	private Subscriber subscriber(String name) {
		await().until(() -> this.subscribers.containsKey(name));
		return this.subscribers.get(name);
	}

	private InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.tcp().listeningOn());
	}

	private RpcConnection connect() {
		RpcConnection connection = get(
				RpcClient.over(TcpClient.over(this.transport)).connect(WhereToConnect.inet(address())));
		this.resources.add(0, () -> get(connection.closeAsync()));
		return connection;
	}

	/** A client that owes nothing to the code under test but its encoding. */
	private void subscribeAndStopReading(String rpc) throws IOException {
		SocketChannel socket = SocketChannel.open(address());
		this.resources.add(0, socket);
		MessageWriter messages = new MessageWriter(VERSION);
		socket.write(ByteBuffer.wrap(RawPeer.frame(Header.of(1, VERSION)::write)));
		socket.write(ByteBuffer.wrap(RawPeer.frame((out) -> messages.metadata(out, ConnectionMetadata.NONE))));
		socket.write(ByteBuffer.wrap(RawPeer.frame((out) -> {
			messages.query(out, stream(rpc).id(), -1, 1, null);
			StreamData.writeQuery(out, BinCodecs.STRING, "stopped");
		})));
		subscriber("stopped");
	}

	private static long used() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
				+ ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/** One who subscribed, seen from the server. */
	private static final class Subscriber {

		private final String name;

		private final RpcConnection connection;

		/** Completes when nothing more is written to it. */
		private final CompletableFuture<Void> ended = new CompletableFuture<>();

		private final AtomicLong written = new AtomicLong();

		Subscriber(String name, RpcConnection connection) {
			this.name = name;
			this.connection = connection;
		}

	}

	private record Counting(AtomicLong received) implements StreamHandler<String> {

		@Override
		public @Nullable CompletionStage<?> onUpdate(String update) {
			this.received.incrementAndGet();
			return null;
		}

		@Override
		public void onEnd(Optional<Throwable> error) {
		}

	}

}
