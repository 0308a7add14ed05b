package io.persistentconn.autoconfigure.minimal;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.event.PersistentConnectionEvent;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.tcp.TcpConnection;
import io.persistentconn.tcp.TcpHandler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.util.ClassUtils;

/**
 * Two servers, connections to them and a subscription, that say what they find on their
 * class path.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ToOwnServer.class, SmallApplication.BookService.class })
class SmallApplication {

	static final String HEALTH = "org.springframework.boot.health.contributor.HealthContributor";

	static final String ENDPOINT = "org.springframework.boot.actuate.endpoint.annotation.Endpoint";

	static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";

	static final String WEB = "org.springframework.web.context.WebApplicationContext";

	private final CompletableFuture<String> state = new CompletableFuture<>();

	public static void main(String[] args) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(SmallApplication.class, args)) {
			for (String type : new String[] { HEALTH, ENDPOINT, MICROMETER, WEB }) {
				System.out.println(type + ": " + ClassUtils.isPresent(type, null));
			}
			System.out.println("echo: " + echo(context.getBean("quotesConnection", PersistentConnection.class)));
			System.out.println("state: " + context.getBean(SmallApplication.class).state.get(60, TimeUnit.SECONDS));
			for (String bean : new String[] { "persistentConnEventPublisher", "persistentConnHealthContributor",
					"persistentConnConnectionMeters", "persistentConnServerMeters", "persistentConnSubscriptionMeters",
					"persistentConnEndpoint" }) {
				System.out.println(bean + ": " + context.containsBean(bean));
			}
			if (ClassUtils.isPresent(MICROMETER, null)) {
				System.out.println("meters: " + Micrometer.meters(context));
			}
			if (ClassUtils.isPresent(HEALTH, null)) {
				System.out.println("health: " + Health.status(context));
			}
		}
		System.out.println("the end");
	}

	@SuppressWarnings("unchecked")
	private static String echo(PersistentConnection<?> connection) throws Exception {
		TcpConnection<?> tcp = ((PersistentConnection<TcpConnection<?>>) connection)
			.awaitConnected(Duration.ofSeconds(60));
		tcp.writer().write("hello");
		return new String(tcp.reader().readExactly(5).join(), StandardCharsets.UTF_8);
	}

	@Bean
	TcpHandler<SocketAddress> quotesHandler() {
		return Handlers.echo();
	}

	@DurableSubscription(connection = "book", rpc = "book")
	void onBook(StateUpdate<String, String, String> update) {
		if (update instanceof StateUpdate.State<String, String, String> first) {
			this.state.complete(first.state());
		}
	}

	@EventListener
	void on(PersistentConnectionEvent.Disconnected event) {
		System.out.println("event: " + event.getClass().getSimpleName());
	}

	@RpcService
	static class BookService {

		@RpcMapping
		StateStream<String, String> book() {
			return new StateStream<>("subscribed", PipeWriter.<String>create().pipe());
		}

	}

}
