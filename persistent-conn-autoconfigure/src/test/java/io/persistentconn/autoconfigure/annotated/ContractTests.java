package io.persistentconn.autoconfigure.annotated;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.annotated.Quotes.Book;
import io.persistentconn.autoconfigure.annotated.Quotes.Change;
import io.persistentconn.autoconfigure.annotated.Quotes.Quote;
import io.persistentconn.autoconfigure.annotated.Quotes.Trade;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.StateStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One contract for both sides, over TCP.
 */
@Tag("R3")
class ContractTests {

	@Test
	void aContractOfAllKindsWorksOnBothSides() {
		Applications.both(QuotesService.class, InjectsQuotes.class).run((context) -> {
			Quotes quotes = context.getBean(InjectsQuotes.class).quotes;
			assertThat(quotes.getQuote("IBM")).succeedsWithin(Applications.LONG).isEqualTo(new Quote("IBM", 1.5));
			assertThat(quotes.trades("IBM").collectList().block(Applications.LONG)).hasSize(1000)
				.startsWith(new Trade("IBM", 1), new Trade("IBM", 2))
				.endsWith(new Trade("IBM", 1000));
			StateStream<Book, Change> book = quotes.book("IBM");
			assertThat(book.state()).isEqualTo(new Book(List.of(10L, 9L)));
			assertThat(all(book.updates())).containsExactly(new Change(0, 11));
			quotes.log("hello");
			assertThat(context.getBean(QuotesService.class).lines.poll(60, TimeUnit.SECONDS)).isEqualTo("hello");
		});
	}

	@Test
	void everyFormOfResultWorksOnBothSides() {
		Applications.both(FormsService.class, ImportsForms.class).run((context) -> {
			Forms forms = Applications.client(context, Forms.class);
			assertThat(forms.value("a")).isEqualTo("a value");
			assertThat(forms.stage("a").toCompletableFuture()).succeedsWithin(Applications.LONG).isEqualTo("a stage");
			assertThat(forms.mono("a").block(Applications.LONG)).isEqualTo("a mono");
			forms.nothing("a");
			assertThat(forms.nothingLater("a")).succeedsWithin(Applications.LONG).isNull();
			assertThat(forms.nothingMono("a").blockOptional(Applications.LONG)).isEmpty();
			assertThat(forms.sent("a")).succeedsWithin(Applications.LONG).isNull();
			assertThat(forms.sentMono("a").blockOptional(Applications.LONG)).isEmpty();
			assertThat(JdkFlowAdapter.flowPublisherToFlux(forms.publisher("a")).collectList().block(Applications.LONG))
				.containsExactly("a", "publisher");
			assertThat(all(forms.pipe("a"))).containsExactly("a", "pipe");
			try (Stream<String> stream = forms.stream("a")) {
				assertThat(stream).containsExactly("a", "stream");
			}
			assertThat(forms.flux("a").collectList().block(Applications.LONG)).containsExactly("a", "flux");
			StateStream<String, String> later = forms.stateLater("a").get(60, TimeUnit.SECONDS);
			assertThat(later.state()).isEqualTo("a state");
			assertThat(all(later.updates())).containsExactly("later");
			StateStream<String, String> mono = forms.stateMono("a").block(Applications.LONG);
			assertThat(all(mono.updates())).containsExactly("mono");
			assertThat(context.getBean(FormsService.class).seen).contains("nothing", "nothingLater", "nothingMono");
		});
	}

	@Test
	void argumentsAndResultsMayBeMissing() {
		Applications.both(OptionsService.class, ImportsForms.class).run((context) -> {
			Options options = Applications.client(context, Options.class);
			assertThat(options.none()).isEqualTo(7);
			assertThat(options.three("x", 2, List.of(3L))).isEqualTo("x2[3]");
			assertThat(options.nullable(null)).isNull();
			assertThat(options.nullable("x")).isEqualTo("x");
			assertThat(options.nullableLater(null, "b")).succeedsWithin(Applications.LONG).isNull();
			assertThat(options.nullableLater("a", "b")).succeedsWithin(Applications.LONG).isEqualTo("ab");
			assertThat(options.optional(Optional.empty())).isEmpty();
			assertThat(options.optional(Optional.of("x"))).contains("x");
		});
	}

	private static <T> List<T> all(Pipe<T> pipe) {
		return JdkFlowAdapter.flowPublisherToFlux(pipe).collectList().block(Applications.LONG);
	}

	private static Pipe<String> pipeOf(String... elements) {
		PipeWriter<String> writer = PipeWriter.create();
		List.of(elements).forEach(writer::writeWithoutPushback);
		writer.close();
		return writer.pipe();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Quotes.class, connection = "quotes")
	static class InjectsQuotes {

		private final Quotes quotes;

		InjectsQuotes(@Qualifier("quotes") Quotes quotes) {
			this.quotes = quotes;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportRpcClients(types = Forms.class, connection = "quotes")
	@ImportRpcClients(types = { Options.class, Forms.class }, connection = "quotes")
	static class ImportsForms {

	}

	interface Forms {

		@RpcMapping
		String value(String text);

		@RpcMapping
		CompletionStage<String> stage(String text);

		@RpcMapping
		Mono<String> mono(String text);

		@RpcMapping
		void nothing(String text);

		@RpcMapping
		CompletableFuture<Void> nothingLater(String text);

		@RpcMapping
		Mono<Void> nothingMono(String text);

		@RpcMapping
		@OneWay
		CompletableFuture<Void> sent(String text);

		@RpcMapping
		@OneWay
		Mono<Void> sentMono(String text);

		@RpcMapping
		Flow.Publisher<String> publisher(String text);

		@RpcMapping
		Pipe<String> pipe(String text);

		@RpcMapping
		Stream<String> stream(String text);

		@RpcMapping
		Flux<String> flux(String text);

		@RpcMapping
		CompletableFuture<StateStream<String, String>> stateLater(String text);

		@RpcMapping
		Mono<StateStream<String, String>> stateMono(String text);

	}

	@RpcService
	static class FormsService implements Forms {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public String value(String text) {
			return text + " value";
		}

		@Override
		public CompletionStage<String> stage(String text) {
			return CompletableFuture.completedStage(text + " stage");
		}

		@Override
		public Mono<String> mono(String text) {
			return Mono.just(text + " mono");
		}

		@Override
		public void nothing(String text) {
			this.seen.add("nothing");
		}

		@Override
		public CompletableFuture<Void> nothingLater(String text) {
			this.seen.add("nothingLater");
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public Mono<Void> nothingMono(String text) {
			return Mono.fromRunnable(() -> this.seen.add("nothingMono"));
		}

		@Override
		public CompletableFuture<Void> sent(String text) {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public Mono<Void> sentMono(String text) {
			return Mono.empty();
		}

		@Override
		public Pipe<String> publisher(String text) {
			return pipeOf(text, "publisher");
		}

		@Override
		public Pipe<String> pipe(String text) {
			return pipeOf(text, "pipe");
		}

		@Override
		public Stream<String> stream(String text) {
			return Stream.of(text, "stream");
		}

		@Override
		public Flux<String> flux(String text) {
			return Flux.just(text, "flux");
		}

		@Override
		public CompletableFuture<StateStream<String, String>> stateLater(String text) {
			return CompletableFuture.completedFuture(new StateStream<>(text + " state", pipeOf("later")));
		}

		@Override
		public Mono<StateStream<String, String>> stateMono(String text) {
			return Mono.just(new StateStream<>(text + " state", pipeOf("mono")));
		}

	}

	interface Options {

		@RpcMapping
		int none();

		@RpcMapping
		String three(String first, int second, List<Long> third);

		@RpcMapping
		@Nullable String nullable(@Nullable String text);

		@RpcMapping
		CompletableFuture<@Nullable String> nullableLater(@Nullable String first, String second);

		@RpcMapping
		Optional<String> optional(Optional<String> text);

	}

	@RpcService
	static class OptionsService implements Options {

		@Override
		public int none() {
			return 7;
		}

		@Override
		public String three(String first, int second, List<Long> third) {
			return first + second + third;
		}

		@Override
		public @Nullable String nullable(@Nullable String text) {
			return text;
		}

		@Override
		public CompletableFuture<@Nullable String> nullableLater(@Nullable String first, String second) {
			return CompletableFuture.completedFuture((first != null) ? first + second : null);
		}

		@Override
		public Optional<String> optional(Optional<String> text) {
			return text;
		}

	}

}
