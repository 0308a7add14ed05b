package io.persistentconn.autoconfigure.annotated;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.connection.NotConnectedException;
import io.persistentconn.rpc.SlowConsumerException;
import io.persistentconn.tcp.NettyTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a client does besides calling.
 */
class ClientTests {

	@Test
	void aCallWithoutConnectionFailsAtOnceAndSaysWhy() {
		withoutServer().run((context) -> {
			Ticks ticks = Applications.client(context, Ticks.class);
			await().atMost(Applications.LONG)
				.untilAsserted(() -> assertThat(ticks.echo("x")).isCompletedExceptionally()
					.failsWithin(Duration.ZERO)
					.withThrowableThat()
					.havingCause()
					.isInstanceOf(NotConnectedException.class)
					.withMessageMatching("quotes: not connected; the last attempt failed: .*[Cc]onnect.*"));
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> ticks.blocking("x"));
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> ticks.log("x"));
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(ticks::stream);
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> ticks.flux().blockFirst());
			assertThat(ticks.pipe().read()).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(NotConnectedException.class);
		});
	}

	@Test
	void aCallMayWaitForAConnectionForSomeTime() {
		withoutServer().withPropertyValues(Applications.CONNECTION + "calls.wait-for-connection=20ms")
			.run((context) -> assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> Applications.client(context, Ticks.class).blocking("x"))
				.withMessageStartingWith("quotes: not connected after PT0.02S; "));
		both().withPropertyValues(Applications.CONNECTION + "auto-start=false").run((context) -> {
			CompletableFuture<String> echo = Applications.client(context, Ticks.class).echo("x");
			assertThat(echo).isNotDone();
			context.getBean(PersistentConnections.class).get("quotes").start();
			assertThat(echo).succeedsWithin(Applications.LONG).isEqualTo("x");
		});
	}

	@Test
	void aCallThatIsCancelledBeforeThereIsAConnectionIsNotMade() {
		both().withPropertyValues(Applications.CONNECTION + "auto-start=false").run((context) -> {
			Ticks ticks = Applications.client(context, Ticks.class);
			ticks.echo("cancelled").cancel(false);
			CompletableFuture<String> echo = ticks.echo("x");
			context.getBean(PersistentConnections.class).get("quotes").start();
			assertThat(echo).succeedsWithin(Applications.LONG);
			assertThat(context.getBean(TicksService.class).echoes).containsExactly("x");
		});
	}

	@Test
	void eventLoopsMayNotCallWhatBlocks() {
		both().run((context) -> {
			Ticks ticks = Applications.client(context, Ticks.class);
			Applications.connection(context);
			CompletableFuture<Void> onEventLoop = CompletableFuture.runAsync(() -> {
				assertThatIllegalStateException().isThrownBy(() -> ticks.blocking("x"))
					.withMessageContaining("Ticks.blocking(String) (unary) would block the event loop thread");
				assertThatIllegalStateException().isThrownBy(ticks::stream);
				assertThatIllegalStateException().isThrownBy(() -> ticks.log("x"));
			}, context.getBean(NettyTransport.class).next());
			assertThat(onEventLoop).succeedsWithin(Applications.LONG);
			assertThat(context.getBean(TicksService.class).echoes).isEmpty();
		});
	}

	@Test
	@Tag("R5")
	void aStreamThatNobodyReadsEndsBeforeItFillsTheMemory() {
		both().run((context) -> {
			Stream<Integer> stream = Applications.client(context, Ticks.class).stream();
			PipeWriter<Integer> writer = context.getBean(TicksService.class).served.take();
			IntStream.range(0, 70_000).forEach(writer::writeWithoutPushback);
			await().atMost(Applications.LONG).until(writer::isClosed);
			AtomicInteger read = new AtomicInteger();
			assertThatThrownBy(() -> stream.forEach((number) -> read.incrementAndGet()))
				.hasStackTraceContaining(SlowConsumerException.class.getName());
			assertThat(read).hasValueBetween(65_536, 65_537);
		});
	}

	@Test
	void aThreadThatIsInterruptedStopsWaiting() {
		both().run((context) -> {
			Applications.connection(context);
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(PersistentConnException.class)
				.isThrownBy(() -> Applications.client(context, Ticks.class).blocking("never"))
				.withMessageContaining("Ticks.blocking(String) (unary) was interrupted");
			assertThat(Thread.interrupted()).isTrue();
		});
	}

	@Test
	@Tag("R12")
	void aFluxCallsForEachSubscriberAndCancellingAborts() {
		both().run((context) -> {
			Flux<Integer> flux = Applications.client(context, Ticks.class).flux();
			BlockingQueue<PipeWriter<Integer>> served = context.getBean(TicksService.class).served;
			assertThat(served).isEmpty();
			assertThat(flux.take(2).collectList().block(Applications.LONG)).containsExactly(1, 2);
			assertThat(served.poll(60, TimeUnit.SECONDS).closed()).succeedsWithin(Applications.LONG);
			assertThat(flux.blockFirst(Applications.LONG)).isEqualTo(1);
			assertThat(served.poll(60, TimeUnit.SECONDS).closed()).succeedsWithin(Applications.LONG);
			assertThat(served).isEmpty();
		});
	}

	@Test
	@Tag("R12")
	void closingAStreamOrAPipeAborts() {
		both().run((context) -> {
			Ticks ticks = Applications.client(context, Ticks.class);
			BlockingQueue<PipeWriter<Integer>> served = context.getBean(TicksService.class).served;
			try (Stream<Integer> stream = ticks.stream()) {
				Iterator<Integer> elements = stream.iterator();
				assertThat(elements.next()).isEqualTo(1);
				assertThat(elements.next()).isEqualTo(2);
			}
			assertThat(served.poll(60, TimeUnit.SECONDS).closed()).succeedsWithin(Applications.LONG);
			Pipe<Integer> pipe = ticks.pipe();
			assertThat(pipe.read()).succeedsWithin(Applications.LONG);
			pipe.close();
			assertThat(served.poll(60, TimeUnit.SECONDS).closed()).succeedsWithin(Applications.LONG);
		});
	}

	@Test
	@Tag("R5")
	void aSubscriberThatDoesNotAskForMorePushesBackToTheServer() {
		both().run((context) -> {
			AtomicInteger received = new AtomicInteger();
			CompletableFuture<Subscription> subscription = new CompletableFuture<>();
			Applications.client(context, Ticks.class).bulk().subscribe(new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription begun) {
					begun.request(1);
					subscription.complete(begun);
				}

				@Override
				protected void hookOnNext(String value) {
					received.incrementAndGet();
				}

			});
			await().atMost(Applications.LONG).until(() -> received.get() == 1);
			AtomicInteger produced = context.getBean(TicksService.class).produced;
			// More than the buffers on the way hold would have come by then.
			await().during(Duration.ofSeconds(2))
				.atMost(Applications.LONG)
				.until(() -> produced.get() < TicksService.BULK && received.get() == 1);
			subscription.join().request(Long.MAX_VALUE);
			await().atMost(Applications.LONG).until(() -> received.get() == TicksService.BULK);
		});
	}

	@Test
	void whoReadsAStreamMayCallForEachElement() {
		both().run((context) -> {
			Ticks ticks = Applications.client(context, Ticks.class);
			try (Stream<Integer> stream = ticks.stream()) {
				assertThat(stream.limit(100)
					.map((tick) -> ticks.echo("tick " + tick).orTimeout(60, TimeUnit.SECONDS).join())).hasSize(100)
					.endsWith("tick 100");
			}
		});
	}

	@Test
	void aClientIsAnObjectAndHasDefaultMethods() {
		both().run((context) -> {
			Ticks ticks = Applications.client(context, Ticks.class);
			assertThat(ticks).hasToString(Ticks.class.getName() + " over quotes").isEqualTo(ticks).isNotEqualTo("x");
			assertThat(ticks.hashCode()).isEqualTo(ticks.hashCode());
			assertThat(ticks.twice("ab")).succeedsWithin(Applications.LONG).isEqualTo("abab");
			assertThat(ticks.failing()).isEqualTo("java.io.IOException: by the default method");
		});
	}

	private static ApplicationContextRunner both() {
		return Applications.both(TicksService.class, Imports.class);
	}

	private static ApplicationContextRunner withoutServer() {
		return Contexts
			.runner(Applications.CONNECTION + "protocol=rpc",
					Applications.CONNECTION + "addresses=" + Listener.nobody())
			.withUserConfiguration(Imports.class);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Ticks.class, connection = "quotes")
	static class Imports {

	}

	interface Ticks {

		@RpcMapping
		CompletableFuture<String> echo(String text);

		@RpcMapping
		String blocking(String text);

		@RpcMapping
		@OneWay
		void log(String text);

		@RpcMapping
		Flux<Integer> flux();

		@RpcMapping
		Stream<Integer> stream();

		@RpcMapping
		Pipe<Integer> pipe();

		@RpcMapping
		Flux<String> bulk();

		default CompletableFuture<String> twice(String text) {
			return echo(text + text);
		}

		default String failing() {
			try {
				return fail();
			}
			catch (IOException ex) {
				return ex.toString();
			}
		}

		default String fail() throws IOException {
			throw new IOException("by the default method");
		}

	}

	/** A service need not implement the contract as an interface. */
	@RpcService
	static class TicksService {

		static final int BULK = 1500;

		private final BlockingQueue<String> echoes = new LinkedBlockingQueue<>();

		private final BlockingQueue<PipeWriter<Integer>> served = new LinkedBlockingQueue<>();

		private final AtomicInteger produced = new AtomicInteger();

		@RpcMapping
		String echo(String text) {
			this.echoes.add(text);
			return text;
		}

		@RpcMapping
		CompletableFuture<String> blocking(String text) {
			return new CompletableFuture<>();
		}

		@RpcMapping
		@OneWay
		void log(String text) {
			this.echoes.add(text);
		}

		@RpcMapping
		Pipe<Integer> flux() {
			PipeWriter<Integer> writer = PipeWriter.create();
			IntStream.rangeClosed(1, 100).forEach(writer::writeWithoutPushback);
			this.served.add(writer);
			return writer.pipe();
		}

		@RpcMapping
		Pipe<Integer> stream() {
			return flux();
		}

		@RpcMapping
		Pipe<Integer> pipe() {
			return flux();
		}

		@RpcMapping
		Stream<String> bulk() {
			String text = "x".repeat(30_000);
			return Stream.generate(() -> text).limit(BULK).peek((produced) -> this.produced.incrementAndGet());
		}

	}

}
