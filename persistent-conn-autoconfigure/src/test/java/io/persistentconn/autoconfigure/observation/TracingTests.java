package io.persistentconn.autoconfigure.observation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.persistentconn.autoconfigure.PersistentConnObservationAutoConfiguration;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.connection.RpcConnectionCustomizer;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces across a connection, with OpenTelemetry and over TCP.
 */
@Tag("R9")
class TracingTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Rpc<String, String> SPAN = Rpc.of("span", 1, BinCodecs.STRING, BinCodecs.STRING);

	private final Spans spans = new Spans();

	private final ApplicationContextRunner runner = Contexts
		.runner("persistent-conn.connections.quotes.protocol=rpc", "persistent-conn.servers.quotes.protocol=rpc",
				"persistent-conn.servers.quotes.port=0", "persistent-conn.defaults.connection.retry-delay=20ms",
				"management.tracing.sampling.probability=1")
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class,
				MicrometerTracingAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, PersistentConnObservationAutoConfiguration.class))
		.withUserConfiguration(ToOwnServer.class, Serving.class)
		.withBean(SpanProcessor.class, () -> this.spans);

	@ParameterizedTest
	@ValueSource(ints = { 2, 7, 8, 11 })
	void theSpanOfTheServerIsAChildOfThatOfTheClientAndCurrentInTheHandler(int version) {
		speaking(version).run((context) -> {
			RpcConnection connection = connection(context);
			Observation around = Observation.start("around", context.getBean(ObservationRegistry.class));
			String current = RpcPeer.get(around.observe(() -> SPAN.dispatch(connection, "")));
			List<SpanData> ended = this.spans.await(3);
			SpanData outer = named(ended, "around");
			SpanData client = only(ended, SpanKind.CLIENT);
			SpanData server = only(ended, SpanKind.SERVER);
			assertThat(client.getParentSpanId()).isEqualTo(outer.getSpanId());
			assertThat(server.getParentSpanId()).isEqualTo(client.getSpanId());
			assertThat(ended).extracting(SpanData::getTraceId).containsOnly(outer.getTraceId());
			assertThat(current).isEqualTo(server.getTraceId() + " " + server.getSpanId() + " none");
			assertThat(client.getName()).isEqualTo("span");
			assertThat(server.getName()).isEqualTo("span");
		});
	}

	@Test
	void versionOneCarriesNoTrace() {
		speaking(1).run((context) -> {
			RpcPeer.get(SPAN.dispatch(connection(context), ""));
			SpanData server = only(this.spans.await(2), SpanKind.SERVER);
			assertThat(server.getParentSpanId()).isEqualTo(SpanId.getInvalid());
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 7, 8 })
	void whatTheCallerSendsAlongIsNotReplaced(int version) {
		speaking(version).run((context) -> {
			String current = RpcPeer.get(SPAN.dispatch(connection(context), "", QueryMetadata.of("mine")));
			List<SpanData> ended = this.spans.await(2);
			assertThat(current).endsWith(" mine");
			boolean traced = only(ended, SpanKind.SERVER).getTraceId()
				.equals(only(ended, SpanKind.CLIENT).getTraceId());
			assertThat(traced).isEqualTo(version == 8);
		});
	}

	@Test
	void whatIsNoTraceBeginsAnother() {
		this.runner.run((context) -> {
			try (RpcPeer peer = RpcPeer.create()) {
				RpcConnection connection = peer.connect(context.getBean(TcpServers.class).get("quotes"));
				for (String text : new String[] { "", "garbage", "=\n==\ntraceparent\n",
						"traceparent=00-zz-11-01\n" }) {
					QueryMetadata metadata = QueryMetadata.NONE.with(TraceText.KEY, text);
					assertThat(RpcPeer.get(SPAN.dispatch(connection, "", metadata))).endsWith(" none");
				}
			}
			assertThat(this.spans.await(4)).extracting(SpanData::getParentSpanId).containsOnly(SpanId.getInvalid());
		});
	}

	@Test
	void theErrorOfAHandlerIsThatOfBothSpans() {
		this.runner.run((context) -> {
			assertThat(SPAN.dispatch(connection(context), "fail")).failsWithin(LONG);
			assertThat(this.spans.await(2)).extracting((span) -> span.getStatus().getStatusCode())
				.containsOnly(StatusCode.ERROR);
		});
	}

	private ApplicationContextRunner speaking(int version) {
		return this.runner.withBean(RpcConnectionCustomizer.class,
				() -> (name, end) -> end.options((options) -> options.withMaxProtocolVersion(version)));
	}

	private static RpcConnection connection(AssertableApplicationContext context) throws InterruptedException {
		return context.getBean(PersistentConnections.class).rpc("quotes").awaitConnected(LONG);
	}

	private static SpanData only(List<SpanData> spans, SpanKind kind) {
		List<SpanData> found = spans.stream().filter((span) -> span.getKind() == kind).toList();
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	private static SpanData named(List<SpanData> spans, String name) {
		return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class Serving {

		/** Answers with the current span, and what else came with the query. */
		@Bean
		Implementation span(ObjectProvider<Tracer> tracer) {
			return SPAN.implementNow((context, text) -> {
				if (text.equals("fail")) {
					throw new IllegalStateException("expected by the test");
				}
				Span span = Optional.ofNullable(tracer.getObject().currentSpan()).orElseThrow();
				return span.context().traceId() + " " + span.context().spanId() + " " + other(context);
			});
		}

		private static String other(RpcContext context) {
			return context.metadata()
				.flatMap((metadata) -> metadata.payload(QueryMetadata.DEFAULT_KEY))
				.filter((text) -> !text.startsWith("traceparent="))
				.orElse("none");
		}

	}

	private static final class Spans implements SpanProcessor {

		private final List<SpanData> ended = new CopyOnWriteArrayList<>();

		List<SpanData> await(int number) {
			Awaitility.await().atMost(LONG).until(() -> this.ended.size() >= number);
			assertThat(this.ended).hasSize(number);
			return this.ended;
		}

		@Override
		public void onStart(Context parent, ReadWriteSpan span) {
		}

		@Override
		public boolean isStartRequired() {
			return false;
		}

		@Override
		public void onEnd(ReadableSpan span) {
			this.ended.add(span.toSpanData());
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

}
