package io.persistentconn.sample;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.persistentconn.autoconfigure.event.PersistentConnEvent;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.TcpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

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

	private final Clock clock;

	Fleet(List<PersistentConnection<RpcConnection>> connections, @Qualifier("vitals") RpcServer<?, Integer> server,
			Timeline timeline, Browsers browsers, Clock clock) {
		this.server = server.tcp();
		this.timeline = timeline;
		this.browsers = browsers;
		this.clock = clock;
		for (PersistentConnection<RpcConnection> connection : connections) {
			String name = connection.name();
			this.nodes.put(name,
					new Node(connection, clock, (sample) -> browsers.send("vitals", new NodeSample(name, sample)),
							(failure) -> tell(name, Timeline.Kind.FAILED, ErrorText.of(failure))));
		}
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
