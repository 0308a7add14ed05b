package io.persistentconn.readme;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All Java in the README compiles. What the tutorial has is compiled, and run, by
 * {@link TutorialTests}.
 */
class CodeTests {

	/** Sections with Java that is not compiled here, and why. */
	private static final Map<String, String> EXEMPT = Map.of("Five minutes to a connection that survives",
			"compiled and run by TutorialTests");

	static final List<Excerpt> EXCERPTS = List.of(new Excerpt("With annotations", """
			record Quote(String symbol, double bid) { }
			record Trade(long id) { }
			record Book(List<Long> bids) { }
			record Change(long level, long bid) { }

			{1}
			""").filled("class QuotesService implements Quotes { … }", """
			class QuotesService implements Quotes {

				@Override
				public CompletableFuture<Quote> getQuote(String symbol) {
					return new CompletableFuture<>();
				}

				@Override
				public Flux<Trade> trades(String symbol) {
					return Flux.empty();
				}

				@Override
				public StateStream<Book, Change> book(String symbol) {
					return new StateStream<>(new Book(List.of()), null);
				}

				@Override
				public void log(String line) {
				}

			}
			""").filled("class Application { … }", "class Application { }"), new Excerpt("With definitions", """
			interface Prices {

				CompletionStage<Double> of(String symbol);

			}

			{1}
			"""), new Excerpt("Subscriptions that recover", """
			{1}
			Book book;

			Book apply(Book book, Change change) {
				return book;
			}

			Subscriptions subscriptions;

			{2}
			"""), new Excerpt("Events", """
			static final Logger log = null;

			{1}
			"""), new Excerpt("Without Spring", """
			interface Directory {

				CompletionStage<HostAndPort> lookup(String name);

			}

			CompletionStage<?> log(ConnectionEvent<?, ?> event) {
				return CompletableFuture.completedStage(null);
			}

			CompletionStage<TcpConnection<?>> connect(TcpClient client, ConnectContext context, HostAndPort address) {
				return new CompletableFuture<>();
			}

			void example(Directory directory) {
				{1}
			}
			"""), new Excerpt("Talking to OCaml", """
			RpcConnection connection;

			{1}
			CompletionStage<Quote> lookUp(String symbol) {
				return new CompletableFuture<>();
			}

			void example(NettyTransport transport) {
				{2}
			}
			""").filled("(connection) -> ...)", "(connection) -> GET_QUOTE.dispatch(connection, \"AAPL\"))"),
			new Excerpt("With versions", """
					record Price(double dollars) { }
					record Book(List<Long> bids) { }
					record Change(long level, long bid) { }

					static final Rpc<String, Long> PRICE_V1 = null;
					static final Rpc<String, Price> PRICE_V2 = null;
					static final CallerStateRpc<String, Book, Change, String> BOOK = null;
					static final Duration ONE_SECOND = Duration.ofSeconds(1);

					{1}
					{2}
					"""), new Excerpt("Testing", """
					interface Trader {

						boolean knowsTheBook();

					}

					{1}
					"""), new Excerpt("Ahead of time and native images", """
					record Quote(String symbol, double bid) { }
					record Book(List<Long> bids) { }
					interface Quotes { }

					{1}
					"""));

	@ParameterizedTest
	@FieldSource("EXCERPTS")
	void compiles(Excerpt excerpt, @TempDir Path directory) throws IOException {
		List<CodeBlock> blocks = Readme.read()
			.blocks("java")
			.stream()
			.filter((block) -> block.section().equals(excerpt.section()))
			.toList();
		assertThat(blocks).isNotEmpty();
		Path sources = directory.resolve("sources");
		NewcomersIde.write(sources, "com.example", "Excerpt", excerpt.around(blocks), "reactor.core.publisher.Flux",
				"static org.awaitility.Awaitility.await", "org.junit.jupiter.api.Test",
				"org.springframework.boot.test.context.SpringBootTest");
		NewcomersIde.compile(sources, directory.resolve("classes"),
				ClassPaths.ofApplication()
					.stream()
					.map(Path::toString)
					.collect(Collectors.joining(File.pathSeparator)));
	}

	@Test
	void allSectionsWithJavaAreCompiled() throws IOException {
		List<String> known = Stream.concat(EXCERPTS.stream().map(Excerpt::section), EXEMPT.keySet().stream()).toList();
		List<String> written = Readme.read().blocks("java").stream().map(CodeBlock::section).distinct().toList();
		assertThat(known).containsExactlyInAnyOrderElementsOf(written);
	}

}
