package io.persistentconn.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Duration;

import com.jayway.jsonpath.JsonPath;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.WebApplication;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.tcp.TcpServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ActuatorOverHttpTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String CONNECTION = "$.components.persistentConn.components.connections.components.quotes";

	private static final String SERVER = "$.components.persistentConn.components.servers.components.quotes";

	@Test
	void healthMetersAndEndpointAreThereToSee() {
		try (WebApplication application = WebApplication.run("management.endpoint.health.show-details=always")) {
			awaitConnects(application, 1);
			String health = application.get("/actuator/health").body();
			assertThat(read(health, CONNECTION + ".status")).isEqualTo("UP");
			assertThat(read(health, CONNECTION + ".details.state")).isEqualTo("CONNECTED");
			assertThat(read(health, CONNECTION + ".details.since")).asString().matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
			assertThat(read(health, SERVER + ".status")).isEqualTo("UP");
			assertThat(read(health, SERVER + ".details.maxConnections"))
				.isEqualTo(server(application).maxConnections());

			await().atMost(LONG)
				.untilAsserted(() -> assertThat(application.get("/actuator/prometheus").body().lines()).contains(
						"persistent_conn_connection_up{name=\"quotes\"} 1.0",
						"persistent_conn_connection_attempts_total{name=\"quotes\",outcome=\"success\"} 1.0",
						"persistent_conn_connection_disconnects_total{name=\"quotes\",reason=\"reset\"} 0.0",
						"persistent_conn_connection_lifetime_seconds_count{name=\"quotes\"} 0",
						"persistent_conn_server_connections{name=\"quotes\"} 1.0",
						"persistent_conn_server_connections_max{name=\"quotes\"} "
								+ (double) server(application).maxConnections(),
						"persistent_conn_server_accepted_total{name=\"quotes\"} 1.0",
						"persistent_conn_server_rejected_total{name=\"quotes\"} 0.0",
						"persistent_conn_server_handler_errors_total{name=\"quotes\"} 0.0",
						"persistent_conn_bytes_total{direction=\"in\",kind=\"connection\",name=\"quotes\"} 0.0",
						"persistent_conn_bytes_total{direction=\"out\",kind=\"server\",name=\"quotes\"} 0.0"));

			String overview = application.get("/actuator/persistentconn").body();
			assertThat(read(overview, "$.connections.quotes.state")).isEqualTo("CONNECTED");
			assertThat(read(overview, "$.connections.quotes.recentEvents[*].event"))
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.contains("Attempting[quotes]");
			assertThat(read(overview, "$.servers.quotes.connections")).isEqualTo(1);
		}
	}

	@Test
	void theEndpointIsReadOnlyUnlessAccessIsUnrestricted() {
		try (WebApplication application = WebApplication.run()) {
			awaitConnects(application, 1);
			assertThat(application.get("/actuator/persistentconn").statusCode()).isEqualTo(200);
			assertThat(reconnect(application).statusCode()).isIn(404, 405);
			assertThat(application.get("/actuator/health").body()).doesNotContain("persistentConn");
		}
		try (WebApplication application = WebApplication.run("management.endpoint.persistentconn.access=unrestricted",
				"management.endpoints.access.max-permitted=read-only")) {
			assertThat(application.get("/actuator/persistentconn").statusCode()).isEqualTo(200);
			assertThat(reconnect(application).statusCode()).isIn(404, 405);
		}
	}

	@Test
	void unrestrictedAccessAllowsToInterfere() {
		try (WebApplication application = WebApplication
			.run("management.endpoint.persistentconn.access=unrestricted")) {
			awaitConnects(application, 1);
			assertThat(reconnect(application).statusCode()).isEqualTo(204);
			awaitConnects(application, 2);

			String drop = "/actuator/persistentconn/servers/quotes/drop-incoming";
			assertThat(application.post(drop, "").statusCode()).isEqualTo(204);
			assertThat(server(application).isDroppingIncomingConnections()).isTrue();
			assertThat(application.post(drop, "{\"enabled\": false}").statusCode()).isEqualTo(204);
			assertThat(server(application).isDroppingIncomingConnections()).isFalse();

			assertThat(application.post("/actuator/persistentconn/connections/orders/close", "").statusCode())
				.isEqualTo(400);
			assertThat(application.post("/actuator/persistentconn/connections/quotes/open", "").statusCode())
				.isEqualTo(400);
			assertThat(connection(application).isClosed()).isFalse();
			assertThat(application.post("/actuator/persistentconn/connections/quotes/close", "").statusCode())
				.isEqualTo(204);
			assertThat(connection(application).isClosed()).isTrue();
		}
	}

	@Test
	void aLostConnectionIsNoMatterOfLivenessButMayBeOneOfReadiness() {
		String[] lost = { "persistent-conn.connections.lost.addresses=127.0.0.1:1",
				"persistent-conn.connections.lost.health.grace-period=0s",
				"management.endpoint.health.probes.enabled=true" };
		try (WebApplication application = WebApplication.run(lost)) {
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(503);
			assertThat(application.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
		try (WebApplication application = WebApplication.run(lost[0], lost[1], lost[2],
				"management.endpoint.health.group.readiness.include=readinessState,persistentConn")) {
			assertThat(application.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
		}
	}

	private static HttpResponse<String> reconnect(WebApplication application) {
		return application.post("/actuator/persistentconn/connections/quotes/reconnect", "");
	}

	private static PersistentConnection<?> connection(WebApplication application) {
		return application.context().getBean(PersistentConnections.class).get("quotes");
	}

	private static TcpServer<?, ?> server(WebApplication application) {
		return application.context().getBean(TcpServers.class).get("quotes");
	}

	private static void awaitConnects(WebApplication application, int connects) {
		await().atMost(LONG).until(() -> connection(application).status().connects() >= connects);
	}

	private static Object read(String json, String path) {
		return JsonPath.read(json, path);
	}

}
