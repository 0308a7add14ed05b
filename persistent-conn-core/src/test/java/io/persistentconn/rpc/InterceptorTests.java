package io.persistentconn.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.protocol.QueryMetadata;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What interceptors see of calls, on both sides, and what they can do.
 */
@Tag("R9")
class InterceptorTests extends InterceptorTestCase {

	@ParameterizedTest
	@MethodSource("kinds")
	void theFirstIsTheOutermostOnBothSides(Call call) {
		TwoEnds ends = ends(List.of(recording("c1"), recording("c2")), List.of(recording("s1"), recording("s2")));
		RpcConnection client = ends.client();
		this.log.add("begin");
		CompletableFuture<?> future = call.dispatch(client, "hello");
		future.whenComplete((answer, error) -> this.log.add("future " + (error == null)));
		ends.time.run();
		String shown = call.kind() + " " + call.rpc();
		List<String> ofClient = List.of("c2 ended", "c1 ended", "future true");
		List<String> ofServer = List.of("s1 serving " + shown, "s2 serving " + shown, "s1 scope", "s2 scope",
				"handler hello{}", "s2 close", "s1 close", "s2 ended", "s1 ended");
		List<String> expected = new ArrayList<>(List.of("begin", "c1 dispatching " + shown, "c2 dispatching " + shown));
		// Nobody answers a one-way call, which ends when it is sent.
		expected.addAll((call.kind() == RpcKind.ONE_WAY) ? ofClient : ofServer);
		expected.addAll((call.kind() == RpcKind.ONE_WAY) ? ofServer : ofClient);
		assertThat(this.log).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void whatInterceptorsAddTravelsWithTheQueryAsFarAsTheVersionAllows(Call call) {
		RpcInterceptor first = dispatching((outgoing) -> {
			assertThat(outgoing.metadata()).isEmpty();
			outgoing.addMetadata(QueryMetadata.DEFAULT_KEY, "first");
			outgoing.addMetadata(7, "seven");
		});
		RpcInterceptor second = dispatching((outgoing) -> {
			assertThat(outgoing.metadata().orElseThrow().payload(7)).contains("seven");
			outgoing.addMetadata(QueryMetadata.DEFAULT_KEY, "second");
		});
		for (int version : new int[] { 1, 2, 7, 8, 11 }) {
			this.log.clear();
			TwoEnds ends = new TwoEnds(
					RpcOptions.defaults().withMaxProtocolVersion(version).withInterceptors(List.of(first, second)),
					RpcOptions.defaults().withImplementations(this.implementations));
			ends.done(call.dispatch(ends.client(), "hello"));
			assertThat(this.log).containsExactly("handler hello"
					+ ((version >= 8) ? "{0=second, 7=seven}" : ((version >= 2) ? "{0=second}" : "{}")));
		}
	}

	@Test
	void anInterceptorMayReplaceWhatTheCallerSends() {
		TwoEnds ends = ends(
				List.of(dispatching((outgoing) -> outgoing.replaceMetadata(QueryMetadata.of("replacement")))),
				List.of());
		ends.done(ECHO.dispatch(ends.client(), "hello", QueryMetadata.of("mine").with(3, "more")));
		assertThat(this.log).containsExactly("handler hello{0=replacement}");
	}

	@Test
	void theServingSideSeesTheMetadata() {
		List<Object> seen = new ArrayList<>();
		TwoEnds ends = ends(List.of(), List.of(serving((call) -> seen.add(call.metadata()))));
		ends.done(ECHO.dispatch(ends.client(), "x", QueryMetadata.of("mine")));
		ends.done(ECHO.dispatch(ends.client(), "x"));
		assertThat(seen).containsExactly(Optional.of(QueryMetadata.of("mine")), Optional.empty());
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void oneThatThrowsOnDispatchingFailsThatCallOnly(Call call) {
		IllegalStateException failure = new IllegalStateException("expected by the test");
		TwoEnds ends = ends(List.of(recording("outer"), dispatching((outgoing) -> {
			if (this.log.size() == 1) {
				throw failure;
			}
		}), recording("inner")), List.of());
		CompletableFuture<?> failed = call.dispatch(ends.client(), "hello");
		assertThat(ends.failureOf(failed)).isSameAs(failure);
		assertThat(this.log).containsExactly("outer dispatching " + call.kind() + " " + call.rpc(),
				"outer ended " + failure);
		assertThat(ends.client().session().openCalls().size()).isZero();
		ends.done(call.dispatch(ends.client(), "again"));
		assertThat(this.log).contains("handler again{}", "inner ended").doesNotContain("handler hello{}");
	}

	@Test
	void oneThatGivesNoListenerFailsTheCall() {
		RpcInterceptor broken = new RpcInterceptor() {

			@Override
			@SuppressWarnings("NullAway")
			public CallListener dispatching(OutgoingCall call) {
				return null;
			}

		};
		TwoEnds ends = ends(List.of(broken), List.of());
		assertThat(ends.failureOf(ECHO.dispatch(ends.client(), "x"))).hasMessageContaining("expected: CallListener");
	}

	@Test
	void theEndOfAStreamIsNoCall() {
		TwoEnds ends = ends(List.of(recording("c")), List.of(recording("s")));
		Outcome<Pipe<String>, String> accepted = ends.done(LINES.dispatch(ends.client(), "hello"));
		int calls = this.log.size();
		accepted.orElseThrow().close();
		ends.time.run();
		assertThat(ends.server().session().servedCalls().streams()).isZero();
		assertThat(this.log).hasSize(calls);
	}

	@Test
	void anRpcThatIsNotImplementedIsNotShown() {
		TwoEnds ends = ends(List.of(), List.of(recording("s")));
		Rpc<String, String> unknown = Rpc.of("unknown", 1, BinCodecs.STRING, BinCodecs.STRING);
		assertThat(ends.errorOf(unknown.dispatch(ends.client(), "x"))).isInstanceOf(RpcError.UnimplementedRpc.class);
		assertThat(this.log).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("kinds")
	@Tag("R10")
	void oneMayRefuseACaller(Call call) {
		List<String> failed = new ArrayList<>();
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(),
				RpcOptions.defaults().withInterceptors(List.of(recording("s"), serving((incoming) -> {
					throw new NotAuthorizedException("not you");
				}))).withImplementations(withPolicy(ExceptionPolicy.call((rpc, error) -> failed.add(rpc.name())))));
		CompletableFuture<?> refused = call.dispatch(ends.client(), "hello");
		if (call.kind() == RpcKind.ONE_WAY) {
			// Nobody waits for an answer, so this side has to be told.
			ends.done(refused);
			assertThat(failed).containsExactly("log");
		}
		else {
			assertThat(ends.errorOf(refused)).isInstanceOfSatisfying(RpcError.AuthorizationFailure.class,
					(error) -> assertThat(error.error()).asString().contains("not you"));
			assertThat(failed).isEmpty();
		}
		assertThat(this.log).containsExactly("s serving " + call.kind() + " " + call.rpc(),
				"s ended io.persistentconn.rpc.NotAuthorizedException: not you");
		assertThat(ends.client().isClosed()).isFalse();
		assertThat(ends.server().session().servedCalls().streams()).isZero();
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void oneThatThrowsOnServingIsTreatedLikeAHandlerThatThrew(Call call) {
		List<String> failed = new ArrayList<>();
		TwoEnds ends = new TwoEnds(RpcOptions.defaults(),
				RpcOptions.defaults().withInterceptors(List.of(serving((incoming) -> {
					throw new IllegalStateException("expected by the test");
				})))
					.withImplementations(withPolicy(
							ExceptionPolicy.call((rpc, error) -> failed.add(rpc + " " + error.getMessage())))));
		CompletableFuture<?> answer = call.dispatch(ends.client(), "hello");
		if (call.kind() == RpcKind.ONE_WAY) {
			ends.done(answer);
		}
		else {
			assertThat(ends.errorOf(answer)).isInstanceOf(RpcError.UncaughtException.class);
		}
		assertThat(failed).containsExactly(call.rpc() + " expected by the test");
		assertThat(this.log).isEmpty();
	}

}
