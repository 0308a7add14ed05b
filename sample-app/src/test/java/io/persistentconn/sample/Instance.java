package io.persistentconn.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * An instance of the application in this virtual machine, asked over HTTP as a browser or
 * an operator would.
 */
final class Instance implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Starts an instance that serves its vitals on a port and watches nodes. */
	static Instance start(int vitalsPort, String nodes, String... more) {
		List<String> args = new ArrayList<>(List.of(more));
		args.add("--server.port=0");
		args.add("--persistent-conn.servers.vitals.port=" + vitalsPort);
		args.add("--fleet.nodes=" + nodes);
		return new Instance(FleetApplication.start(args.toArray(String[]::new)));
	}

	/** A port that nobody listens on just now. */
	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	String url() {
		Environment environment = this.context.getEnvironment();
		return "http://localhost:" + environment.getRequiredProperty("local.server.port");
	}

	/** The first message that a browser is sent. */
	JsonNode snapshot() {
		HttpResponse<Stream<String>> response = send(request("/api/stream"), BodyHandlers.ofLines());
		try (Stream<String> lines = response.body()) {
			String prefix = "data:";
			return lines.filter((line) -> line.startsWith(prefix))
				.findFirst()
				.map((line) -> new JsonMapper().readTree(line.substring(prefix.length())))
				.orElseThrow();
		}
	}

	/** How a node is, as the page tells it. */
	JsonNode status(String node) {
		return snapshot().get("nodes")
			.valueStream()
			.map((candidate) -> candidate.get("status"))
			.filter((status) -> status.get("name").asString().equals(node))
			.findFirst()
			.orElseThrow();
	}

	String state(String node) {
		return status(node).get("state").asString();
	}

	/**
	 * The kinds of what happened to a node or server, as the page tells them, but for
	 * subscriptions.
	 */
	List<String> timeline(String name) {
		return timeline(name, "kind").stream().filter((kind) -> !kind.startsWith("subscription")).toList();
	}

	/** The kinds of what happened to the subscription to a node. */
	List<String> subscriptionTimeline(String name) {
		return timeline(name, "kind").stream().filter((kind) -> kind.startsWith("subscription")).toList();
	}

	/** What happened to a node or server in words. */
	List<String> timelineTexts(String name) {
		return timeline(name, "text");
	}

	private List<String> timeline(String name, String field) {
		return snapshot().get("events")
			.valueStream()
			.filter((event) -> event.get("name").asString().equals(name))
			.map((event) -> event.get(field).asString())
			.toList();
	}

	/** The health of a connection to a node. */
	JsonNode health(String node) {
		return health("connections", node);
	}

	/** The health of the subscription to a node. */
	JsonNode subscriptionHealth(String node) {
		return health("subscriptions", node);
	}

	private JsonNode health(String kind, String name) {
		return new JsonMapper().readTree(get("/actuator/health").body())
			.get("components")
			.get("persistentConn")
			.get("components")
			.get(kind)
			.get("components")
			.get(name);
	}

	/** The value of a meter in the format of Prometheus. */
	double meter(String nameAndTags) {
		return get("/actuator/prometheus").body()
			.lines()
			.filter((line) -> line.startsWith(nameAndTags + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(nameAndTags.length())))
			.findFirst()
			.orElse(Double.NaN);
	}

	HttpResponse<String> get(String path) {
		return send(request(path), BodyHandlers.ofString());
	}

	HttpResponse<String> post(String path, String... headers) {
		HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request, BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofMinutes(1));
	}

	private static <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
		return HTTP.sendAsync(request.build(), handler).join();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
