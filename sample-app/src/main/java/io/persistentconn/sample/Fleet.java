package io.persistentconn.sample;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.client.RpcClientFactory;
import io.persistentconn.autoconfigure.event.PersistentConnEvent;
import io.persistentconn.autoconfigure.subscription.NamedSubscription;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.TcpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * All nodes, and the server of this instance; tells browsers what is new.
 */
@Component
class Fleet {

	private static final Logger logger = LoggerFactory.getLogger(Fleet.class);

	private final Map<String, Node> nodes = new LinkedHashMap<>();

	private final TcpServer<?, Integer> server;

	private final Timeline timeline;

	private final Browsers browsers;

	private final InstantSource clock;

	/** By which other nodes know this one. */
	private final String self;

	Fleet(List<PersistentConnection<RpcConnection>> connections, RpcClientFactory clients, Subscriptions subscriptions,
			@Qualifier("vitals") RpcServer<?, Integer> server, Timeline timeline, Browsers browsers,
			InstantSource clock, @Value("${fleet.name}") String self) {
		this.server = server.tcp();
		this.timeline = timeline;
		this.browsers = browsers;
		this.clock = clock;
		this.self = self;
		for (PersistentConnection<RpcConnection> connection : connections) {
			String name = connection.name();
			// For a connection that the code knows there is @ImportRpcClients.
			FleetContract client = clients.client(FleetContract.class, name);
			this.nodes.put(name,
					new Node(connection, client, SingletonSupplier.of(() -> subscriptions.get(name)), clock));
		}
	}

	/** What the nodes say. There is a subscription to each, which recovers by itself. */
	@DurableSubscription(connection = "${fleet.nodes}", rpc = "vitals", name = "{connection}")
	void onVitals(StateUpdate<Vitals, Vitals, String> update, NamedSubscription subscription) {
		Node node = node(subscription.name());
		if (update instanceof StateUpdate.State<Vitals, Vitals, String> begun) {
			show(subscription.name(), node.receive(begun.state()));
			node.askForInfo().whenComplete((info, failure) -> {
				if (failure != null && subscription.status().phase() == Phase.ESTABLISHED) {
					tell(subscription.name(), Timeline.Kind.FAILED, ErrorText.of(failure));
				}
			});
		}
		else if (update instanceof StateUpdate.Update<Vitals, Vitals, String> next) {
			show(subscription.name(), node.receive(next.update()));
		}
	}

	private void show(String name, Sample sample) {
		this.browsers.send("vitals", new NodeSample(name, sample));
	}

	Node node(String name) {
		Node node = this.nodes.get(name);
		if (node == null) {
			throw new NoSuchNodeException(name, this.nodes.keySet());
		}
		return node;
	}

	TcpServer<?, Integer> server() {
		return this.server;
	}

	/** Everything of the library that is worth telling comes as an application event. */
	@EventListener
	void on(PersistentConnEvent event) {
		TimelineText.of(event).ifPresent((text) -> tell(event.getTimestamp(), event.name(), text));
	}

	/** Another node told this one something. */
	@EventListener
	void on(LogLine line) {
		logger.info("{} says: {}", line.from(), line.text());
		tell(this.server.name(), Timeline.Kind.LOG, line.from() + " says: " + line.text());
	}

	/** Somebody wants to tell a node something. */
	void log(String name, String text) {
		node(name).log(new LogLine(this.self, text));
		onAction(name, "You sent it: " + text);
	}

	/** Somebody pressed a button. */
	void onAction(String name, String what) {
		tell(name, Timeline.Kind.ACTION, what);
	}

	private void tell(String name, Timeline.Kind kind, String what) {
		tell(this.clock.millis(), name, new TimelineText(kind, what));
	}

	/** One at a time, so that browsers get the entries in their order. */
	private synchronized void tell(long at, String name, TimelineText text) {
		this.browsers.send("event", this.timeline.add(at, name, text));
		sendStatus();
	}

	/** Attempts that fail like the one before are no events, but the page counts them. */
	@Scheduled(fixedRateString = "PT1S")
	void sendStatus() {
		this.browsers.send("status", new Status(this.clock.millis(), ServerStatus.of(this.server),
				this.nodes.values().stream().map(Node::status).toList()));
	}

	Snapshot snapshot() {
		return new Snapshot(this.clock.millis(), ServerStatus.of(this.server),
				this.nodes.values().stream().map((node) -> new NodeSnapshot(node.status(), node.samples())).toList(),
				this.timeline.entries());
	}

	/**
	 * A message to browsers: what a node just said.
	 *
	 * @param node its name
	 * @param sample what it said
	 */
	record NodeSample(String node, Sample sample) {
	}

	/**
	 * A message to browsers: how everything is.
	 *
	 * @param now the time here, for a browser's clock may differ
	 * @param server the server of this instance
	 * @param nodes all nodes
	 */
	record Status(long now, ServerStatus server, List<NodeStatus> nodes) {
	}

	/**
	 * The first message to a browser.
	 *
	 * @param now the time here
	 * @param server the server of this instance
	 * @param nodes all nodes
	 * @param events the timeline
	 */
	record Snapshot(long now, ServerStatus server, List<NodeSnapshot> nodes, List<Timeline.Entry> events) {
	}

	/**
	 * A node, for the first message.
	 *
	 * @param status how it is
	 * @param samples what it said lately
	 */
	record NodeSnapshot(NodeStatus status, List<Sample> samples) {
	}

}
