package io.persistentconn.autoconfigure.annotated;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.server.RpcServerCustomizer;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.ExceptionPolicy;
import io.persistentconn.rpc.NotAuthorizedException;
import io.persistentconn.rpc.RejectedException;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What callers see of exceptions.
 */
class ErrorTests {

	@Test
	@Tag("R4")
	void whatAHandlerThrowsIsAnErrorOfTheRpcWhateverItsForm() {
		run((failing) -> {
			assertThat(error(failing.value("plain"))).isInstanceOf(RpcError.UncaughtException.class)
				.asString()
				.contains("java.lang.IllegalStateException: plain");
			assertThat(error(failing.mono("plain").toFuture())).asString().contains("IllegalStateException: plain");
			assertThatExceptionOfType(RpcException.class).isThrownBy(() -> failing.blocking("plain"))
				.withMessageContaining("IllegalStateException: plain");
			assertThatExceptionOfType(RpcException.class)
				.isThrownBy(() -> failing.flux("plain").blockLast(Applications.LONG))
				.withMessageContaining("IllegalStateException: plain");
			assertThat(error(failing.value("null"))).asString().contains("value(String)", "null (expected: a value");
		});
	}

	@Test
	@Tag("R10")
	void anExceptionHandlerMapsToAnotherExceptionOrRefusesTheCaller() {
		run((failing) -> {
			assertThat(error(failing.value("mapped"))).asString().contains("UnsupportedOperationException: by service");
			assertThat(error(failing.mono("secret").toFuture())).isInstanceOf(RpcError.AuthorizationFailure.class)
				.asString()
				.contains("not for you");
			assertThatExceptionOfType(RpcException.class).isThrownBy(() -> failing.stream("secret"))
				.satisfies((ex) -> assertThat(ex.error()).isInstanceOf(RpcError.AuthorizationFailure.class));
		});
	}

	@Test
	void theNearestTypeDecidesAndTheServiceComesBeforeOtherBeans() {
		run((failing) -> {
			assertThat(error(failing.value("near"))).asString().contains("by service, nearer");
			assertThat(error(failing.value("elsewhere"))).asString().contains("by advice");
		});
	}

	@Test
	@Tag("R3")
	void aStreamRejectsWithWhatItsExceptionIsMappedTo() {
		run((failing) -> {
			assertThatExceptionOfType(RejectedException.class)
				.isThrownBy(() -> failing.flux("unknown").blockLast(Applications.LONG))
				.satisfies((ex) -> assertThat(ex.error()).isEqualTo("no such symbol"));
			assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> failing.stream("unknown"));
			assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> failing.book("unknown"))
				.satisfies((ex) -> assertThat(ex.error()).isEqualTo(new Refusal(404)));
			assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> failing.book("rejected"))
				.satisfies((ex) -> assertThat(ex.error()).isEqualTo(new Refusal(1)));
			assertThat(failing.pipe("unknown").read()).failsWithin(Applications.LONG)
				.withThrowableThat()
				.withCauseInstanceOf(RejectedException.class);
		});
	}

	@Test
	@Tag("R10")
	void whatARunningStreamFailsWithIsMappedToo() {
		run((failing) -> {
			List<String> before = new ArrayList<>();
			assertThatExceptionOfType(RpcException.class)
				.isThrownBy(() -> failing.flux("later mapped").doOnNext(before::add).blockLast(Applications.LONG))
				.withMessageContaining("by service");
			assertThat(before).containsExactly("first");
			assertThatExceptionOfType(RpcException.class)
				.isThrownBy(() -> failing.flux("later secret").blockLast(Applications.LONG))
				.satisfies((ex) -> assertThat(ex.error()).isInstanceOf(RpcError.AuthorizationFailure.class));
			assertThat(failing.book("later mapped").updates().read()).failsWithin(Applications.LONG)
				.withThrowableThat()
				.withMessageContaining("by service");
			assertThatExceptionOfType(RpcException.class).isThrownBy(() -> failing.stream("later mapped").toList())
				.withMessageContaining("by service");
		});
	}

	@Test
	void aRunningStreamCanBeRejectedNoMore() {
		run((failing) -> assertThatExceptionOfType(RpcException.class)
			.isThrownBy(() -> failing.flux("later unknown").blockLast(Applications.LONG))
			.satisfies((ex) -> assertThat(ex.error()).isInstanceOf(RpcError.UncaughtException.class)
				.asString()
				.contains("NullPointerException")));
	}

	@Test
	@Tag("R4")
	void aOneWayHandlerThatFailsObeysThePolicy() {
		CompletableFuture<String> failure = new CompletableFuture<>();
		Applications.both(FailingService.class, Imports.class)
			.withBean(RpcServerCustomizer.class,
					() -> (name, end) -> end.implementations()
						.onException(ExceptionPolicy
							.call((rpc, error) -> failure.complete(rpc + ": " + error.getMessage()))))
			.run((context) -> {
				Applications.client(context, Failing.class).log("mapped");
				assertThat(failure).succeedsWithin(Applications.LONG).isEqualTo("log v1: by service");
			});
	}

	private static void run(Consumer<Failing> test) {
		Applications.both(FailingService.class, Imports.class, Advice.class)
			.run((context) -> test.accept(Applications.client(context, Failing.class)));
	}

	private static RpcError error(CompletableFuture<?> call) {
		Throwable failure = call.handle((answer, thrown) -> thrown).join();
		assertThat(failure).isInstanceOf(RpcException.class);
		return ((RpcException) failure).error();
	}

	record Refusal(long code) {
	}

	interface Failing {

		@RpcMapping
		CompletableFuture<String> value(String how);

		@RpcMapping
		Mono<String> mono(String how);

		@RpcMapping
		String blocking(String how);

		@RpcMapping
		Flux<String> flux(String how);

		@RpcMapping
		Stream<String> stream(String how);

		@RpcMapping
		Pipe<String> pipe(String how);

		@RpcMapping(error = Refusal.class)
		StateStream<String, String> book(String how);

		@RpcMapping
		@OneWay
		void log(String how);

	}

	@RpcService
	static class FailingService implements Failing {

		@Override
		public CompletableFuture<String> value(String how) {
			return how.equals("null") ? CompletableFuture.completedFuture(null)
					: CompletableFuture.failedFuture(failure(how));
		}

		@Override
		public Mono<String> mono(String how) {
			return Mono.error(failure(how));
		}

		@Override
		public String blocking(String how) {
			throw failure(how);
		}

		@Override
		public Flux<String> flux(String how) {
			if (how.startsWith("later ")) {
				return Flux.just("first").concatWith(Flux.error(failure(how.substring("later ".length()))));
			}
			throw failure(how);
		}

		@Override
		public Stream<String> stream(String how) {
			if (how.startsWith("later ")) {
				return Stream.of("first", how.substring("later ".length())).peek((element) -> {
					if (!element.equals("first")) {
						throw failure(element);
					}
				});
			}
			throw failure(how);
		}

		@Override
		public Pipe<String> pipe(String how) {
			throw failure(how);
		}

		@Override
		public StateStream<String, String> book(String how) {
			if (how.startsWith("later ")) {
				PipeWriter<String> changes = PipeWriter.create();
				changes.fail(failure(how.substring("later ".length())));
				return new StateStream<>("state", changes.pipe());
			}
			if (how.equals("rejected")) {
				throw new RejectedException(new Refusal(1));
			}
			if (how.equals("unknown")) {
				throw new IndexOutOfBoundsException(how);
			}
			throw failure(how);
		}

		@Override
		public void log(String how) {
			throw failure(how);
		}

		private static RuntimeException failure(String how) {
			return switch (how) {
				case "mapped" -> new IllegalArgumentException(how);
				case "near" -> new NumberFormatException(how);
				case "secret" -> new SecurityException(how);
				case "unknown" -> new NullPointerException(how);
				case "elsewhere" -> new ArithmeticException(how);
				default -> new IllegalStateException(how);
			};
		}

		@RpcExceptionHandler
		Exception mapped(IllegalArgumentException ex) {
			return new UnsupportedOperationException("by service");
		}

		@RpcExceptionHandler
		Exception near(NumberFormatException ex) {
			throw new UnsupportedOperationException("by service, nearer");
		}

		@RpcExceptionHandler
		Exception refused(SecurityException ex) {
			return new NotAuthorizedException("not for you");
		}

		@RpcExceptionHandler
		String unknown(NullPointerException ex) {
			return "no such symbol";
		}

		@RpcExceptionHandler
		Refusal unknown(IndexOutOfBoundsException ex) {
			return new Refusal(404);
		}

	}

	@Component
	static class Advice {

		@RpcExceptionHandler
		Exception mapped(IllegalArgumentException ex) {
			return new UnsupportedOperationException("never, as the service comes first");
		}

		@RpcExceptionHandler
		Exception elsewhere(ArithmeticException ex) {
			return new UnsupportedOperationException("by advice");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Failing.class, connection = "quotes")
	static class Imports {

	}

}
