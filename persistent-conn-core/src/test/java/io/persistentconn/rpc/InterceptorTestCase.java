package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.protocol.QueryMetadata;

/**
 * RPCs of all kinds whose calls can be watched from both sides.
 */
abstract class InterceptorTestCase {

	static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	static final OneWayRpc<String> LOG = OneWayRpc.of("log", 2, BinCodecs.STRING);

	static final PipeRpc<String, String, String> LINES = PipeRpc.of("lines", 3, BinCodecs.STRING, BinCodecs.STRING,
			BinCodecs.STRING);

	static final StateRpc<String, String, String, String> BOOK = StateRpc.of("book", 4, BinCodecs.STRING,
			BinCodecs.STRING, BinCodecs.STRING, BinCodecs.STRING);

	final List<String> log = new ArrayList<>();

	final List<CompletableFuture<String>> answers = new ArrayList<>();

	final Implementations implementations = Implementations.of(ECHO.implement((context, text) -> {
		this.log.add("handler " + text + metadata(context));
		return answer(text);
	}), LOG.implement((context, text) -> this.log.add("handler " + text + metadata(context))),
			LINES.implement((context, text) -> {
				this.log.add("handler " + text + metadata(context));
				return answer(text).thenApply((answer) -> decide(answer, PipeWriter.<String>create().pipe()));
			}), BOOK.implement((context, text) -> {
				this.log.add("handler " + text + metadata(context));
				return answer(text).thenApply(
						(answer) -> decide(answer, new StateStream<>("state", PipeWriter.<String>create().pipe())));
			}));

	/** Calls each of the four kinds with a text. */
	static Stream<Call> kinds() {
		return Stream.of(new Call(RpcKind.UNARY, "echo v1", ECHO::dispatch),
				new Call(RpcKind.ONE_WAY, "log v2", LOG::dispatch), new Call(RpcKind.PIPE, "lines v3", LINES::dispatch),
				new Call(RpcKind.STATE, "book v4", BOOK::dispatch));
	}

	final TwoEnds ends(List<RpcInterceptor> client, List<RpcInterceptor> server) {
		return new TwoEnds(RpcOptions.defaults().withInterceptors(client),
				RpcOptions.defaults().withInterceptors(server).withImplementations(this.implementations));
	}

	final Implementations withPolicy(ExceptionPolicy policy) {
		return Implementations.builder().addAll(this.implementations.all()).onException(policy).build();
	}

	private CompletableFuture<String> answer(String text) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		if (text.equals("fail")) {
			answer.completeExceptionally(new IllegalStateException("expected by the test"));
		}
		else if (!text.equals("later")) {
			answer.complete(text);
		}
		this.answers.add(answer);
		return answer;
	}

	private static <A> Outcome<A, String> decide(String text, A accepted) {
		return text.equals("reject") ? Outcome.rejected("rejected") : Outcome.accepted(accepted);
	}

	private static String metadata(RpcContext context) {
		return context.metadata().orElse(QueryMetadata.NONE).payloads().toString();
	}

	final RpcInterceptor recording(String name) {
		return new RpcInterceptor() {

			@Override
			public CallListener dispatching(OutgoingCall call) {
				InterceptorTestCase.this.log.add(name + " dispatching " + call.kind() + " " + call.rpc());
				return new Recording(name);
			}

			@Override
			public CallListener serving(IncomingCall call) {
				InterceptorTestCase.this.log.add(name + " serving " + call.kind() + " " + call.rpc());
				return new Recording(name);
			}

		};
	}

	static RpcInterceptor dispatching(Consumer<OutgoingCall> seen) {
		return new RpcInterceptor() {

			@Override
			public CallListener dispatching(OutgoingCall call) {
				seen.accept(call);
				return CallListener.NONE;
			}

		};
	}

	static RpcInterceptor serving(Consumer<IncomingCall> seen) {
		return new RpcInterceptor() {

			@Override
			public CallListener serving(IncomingCall call) {
				seen.accept(call);
				return CallListener.NONE;
			}

		};
	}

	/** A way to call an RPC of one kind. */
	record Call(RpcKind kind, String rpc, Dispatch dispatch) {

		CompletableFuture<?> dispatch(RpcConnection connection, String query) {
			return this.dispatch.dispatch(connection, query);
		}

		@Override
		public String toString() {
			return this.kind.toString();
		}

	}

	@FunctionalInterface
	interface Dispatch {

		CompletableFuture<?> dispatch(RpcConnection connection, String query);

	}

	private final class Recording implements CallListener {

		private final String name;

		Recording(String name) {
			this.name = name;
		}

		@Override
		public Scope handling() {
			InterceptorTestCase.this.log.add(this.name + " scope");
			return () -> InterceptorTestCase.this.log.add(this.name + " close");
		}

		@Override
		public void ended(Optional<Throwable> error) {
			InterceptorTestCase.this.log.add(this.name + " ended" + error.map((thrown) -> " " + thrown).orElse(""));
		}

	}

}
