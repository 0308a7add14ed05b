package io.persistentconn.autoconfigure.annotated;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.tcp.TcpServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * On which threads the methods of a service are called.
 */
class ThreadTests {

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	@Test
	void methodsThatMayBlockAreCalledOnTheExecutorOfTheApplication() {
		run(application(), (connection) -> assertThat(call(connection, "blocking")).startsWith("task-"));
	}

	@Test
	void withoutSuchAnExecutorTheyAreCalledOnOneOfOurOwn() {
		run(Applications.server(ThreadService.class),
				(connection) -> assertThat(call(connection, "blocking")).startsWith("persistent-conn-rpc-")
					.endsWith(" platform"));
	}

	@Test
	void onTheNewestJdkThreadsAreVirtualIfTheApplicationWantsThat() {
		String expected = (Runtime.version().feature() >= 21) ? " virtual" : " platform";
		run(application().withPropertyValues(VIRTUAL),
				(connection) -> assertThat(call(connection, "blocking")).startsWith("task-").endsWith(expected));
		run(Applications.server(ThreadService.class).withPropertyValues(VIRTUAL),
				(connection) -> assertThat(call(connection, "blocking")).startsWith("persistent-conn-rpc-")
					.endsWith(expected));
	}

	@Test
	void methodsThatDoNotBlockAreCalledOnTheEventLoop() {
		run(Applications.server(ThreadService.class),
				(connection) -> assertThat(call(connection, "async")).endsWith(" event loop"));
	}

	@Test
	void messagesAndStreamsThatMayBlockAreTakenOnTheExecutorToo() {
		run(application(), (connection) -> {
			RpcPeer.get(OneWayRpc.of("message", 1, BinCodecs.UNIT).dispatch(connection, Unit.UNIT));
			PipeRpc<Unit, String, String> stream = PipeRpc.of("stream", 1, BinCodecs.UNIT, BinCodecs.STRING,
					BinCodecs.STRING);
			List<String> threads = new CopyOnWriteArrayList<>();
			RpcPeer.get(RpcPeer.get(stream.dispatch(connection, Unit.UNIT)).orElseThrow().forEach((thread) -> {
				threads.add(thread);
				return CompletableFuture.completedStage(null);
			}));
			assertThat(threads).hasSize(1000).allMatch((thread) -> thread.startsWith("task-"));
			await().atMost(Applications.LONG)
				.untilAsserted(() -> assertThat(call(connection, "seen")).matches("\\[(task-\\d+ platform(, )?){2}]"));
		});
	}

	@Test
	@Tag("R2")
	void aHandlerThatBlocksDelaysNeitherHeartbeatsNorOtherCalls() {
		Heartbeat heartbeat = new Heartbeat(Duration.ofMillis(50), Duration.ofSeconds(1),
				Heartbeat.Style.NUMBER_OF_HEARTBEATS);
		Applications.server(ThreadService.class)
			.withPropertyValues(Applications.SERVER + "heartbeat.send-every=50ms",
					Applications.SERVER + "heartbeat.timeout=1s")
			.run((context) -> {
				try (RpcPeer peer = RpcPeer.of(RpcOptions.defaults().withHeartbeat(heartbeat))) {
					RpcConnection connection = Applications.connect(context, peer);
					CompletableFuture<String> blocked = rpc("blocked").dispatch(connection, Unit.UNIT);
					AtomicInteger heartbeats = new AtomicInteger();
					connection.addHeartbeatListener(heartbeats::incrementAndGet);
					// Ten seconds, longer than either side would wait for a sign of life.
					await().atMost(Applications.LONG).until(() -> heartbeats.get() > 200);
					assertThat(call(connection, "async")).isNotEmpty();
					assertThat(call(connection, "blocking")).isNotEmpty();
					assertThat(blocked).isNotDone();
					context.getBean(ThreadService.class).latch.countDown();
					assertThat(blocked).succeedsWithin(Applications.LONG).isEqualTo("released");
				}
			});
	}

	@Test
	@Tag("R7")
	void aHandlerThatBlocksMayFinishWhileTheApplicationStops() {
		application().run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = Applications.connect(context, peer);
				ThreadService service = context.getBean(ThreadService.class);
				TcpServer<?, ?> server = context.getBean(TcpServers.class).get("quotes");
				CompletableFuture<String> blocked = rpc("blocked").dispatch(connection, Unit.UNIT);
				await().atMost(Applications.LONG).until(() -> service.seen.contains("blocked"));
				CompletableFuture<Void> stopped = CompletableFuture
					.runAsync(context.getSourceApplicationContext()::close, (task) -> new Thread(task).start());
				await().atMost(Applications.LONG).until(() -> !server.isListening());
				assertThat(blocked).isNotDone();
				service.latch.countDown();
				assertThat(blocked).succeedsWithin(Applications.LONG).isEqualTo("released");
				assertThat(stopped).succeedsWithin(Applications.LONG);
			}
		});
	}

	private static ApplicationContextRunner application() {
		return Applications.server(ThreadService.class)
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class));
	}

	private static void run(ApplicationContextRunner runner, Consumer<RpcConnection> test) {
		runner.run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				test.accept(Applications.connect(context, peer));
			}
		});
	}

	private static Rpc<Unit, String> rpc(String name) {
		return Rpc.of(name, 1, BinCodecs.UNIT, BinCodecs.STRING);
	}

	private static String call(RpcConnection connection, String name) {
		return RpcPeer.get(rpc(name).dispatch(connection, Unit.UNIT));
	}

	@RpcService
	static class ThreadService {

		private final CountDownLatch latch = new CountDownLatch(1);

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@RpcMapping
		String blocking() {
			return thread();
		}

		@RpcMapping
		CompletionStage<String> async() {
			return CompletableFuture.completedStage(thread());
		}

		@RpcMapping
		@OneWay
		void message() {
			this.seen.add(thread());
		}

		@RpcMapping
		Stream<String> stream() {
			return Stream.generate(ThreadService::thread).limit(1000).onClose(() -> this.seen.add(thread()));
		}

		@RpcMapping
		CompletionStage<String> seen() {
			return CompletableFuture.completedStage(this.seen.toString());
		}

		@RpcMapping
		String blocked() throws InterruptedException {
			this.seen.add("blocked");
			return this.latch.await(60, TimeUnit.SECONDS) ? "released" : "timed out";
		}

		private static String thread() {
			Thread thread = Thread.currentThread();
			if (thread instanceof NonBlockingThread) {
				return thread.getName() + " event loop";
			}
			return thread.getName() + (isVirtual(thread) ? " virtual" : " platform");
		}

		/** JDK 17 has neither such threads nor the method. */
		private static boolean isVirtual(Thread thread) {
			try {
				return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
			}
			catch (ReflectiveOperationException ex) {
				return false;
			}
		}

	}

}
