package io.persistentconn.durable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.concurrent.VirtualTimeSource;
import io.persistentconn.connection.ConnectContext;
import io.persistentconn.connection.Connector;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.connection.RetryDelay;
import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.rpc.transport.MemoryTransport;
import io.persistentconn.testing.SubscriptionHistory;
import io.persistentconn.testing.SubscriptionHistoryChecker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with a state, clients that connect to it through memory, virtual time, and a
 * record of all that happens. The state is a chain: it depends on all updates before, so
 * that one that is lost, repeated or of another chain shows.
 */
final class World {

	/** The query is the name of the subscriber. */
	static final StateRpc<String, Long, Long, String> BOOK = StateRpc.of("book", 1, BinCodecs.STRING, BinCodecs.INT64,
			BinCodecs.INT64, BinCodecs.STRING);

	static final Duration RETRY = Duration.ofSeconds(1);

	final VirtualTimeSource time = new VirtualTimeSource();

	final SubscriptionHistory<Long> history = new SubscriptionHistory<>(this.time::nanoTime);

	/**
	 * What happens to the transport of a new connection; the client's end is the first.
	 */
	Consumer<MemoryTransport.Pair> onConnect = (pair) -> {
	};

	/** Who owns each new end of a connection, and whatever keeps one. */
	Supplier<TimeSource> owners = () -> this.time;

	/** How the server answers. */
	Decision decision = (name, writer) -> accept(name, writer);

	boolean up = true;

	/** All that were ever made. */
	final List<MemoryTransport.Pair> transports = new ArrayList<>();

	final List<PersistentConnection<?>> connections = new ArrayList<>();

	private final Set<RpcConnection> served = new LinkedHashSet<>();

	private final Set<StreamWriter<Long>> streams = new LinkedHashSet<>();

	private final List<Implementation> implementations = new ArrayList<>();

	private RpcOptions options = RpcOptions.defaults()
		.withHandshakeTimeout(Duration.ofSeconds(5))
		.withHeartbeat(
				Heartbeat.every(Duration.ofSeconds(5), Duration.ofSeconds(10)).withStyle(Heartbeat.Style.ELAPSED_TIME));

	private long state = 1;

	World() {
		this.history.serverState(this.state);
		this.implementations.add(BOOK.implementDirect(this::answer));
	}

	World withoutHeartbeats() {
		this.options = this.options.withHeartbeat(Heartbeat.never());
		return this;
	}

	World serving(List<Implementation> more) {
		this.implementations.addAll(more);
		return this;
	}

	static long apply(long state, long update) {
		return state * 1_000_003 + update;
	}

	long state() {
		return this.state;
	}

	/** How many subscriptions the server holds. */
	int subscriptions() {
		return this.streams.size();
	}

	void change(long update) {
		this.state = apply(this.state, update);
		this.history.serverState(this.state);
		List.copyOf(this.streams).forEach((stream) -> stream.write(update));
	}

	/** The server ends all streams in good order. */
	void endStreams() {
		this.history.note("the server ends all streams");
		List.copyOf(this.streams).forEach(StreamWriter::close);
	}

	void goDown() {
		this.history.note("the server goes down");
		this.up = false;
		List.copyOf(this.served).forEach((connection) -> connection.closeAsync("the server goes down"));
	}

	void comeUp() {
		this.history.note("the server is up");
		this.up = true;
	}

	private CompletionStage<Outcome<Long, String>> answer(RpcContext context, String name, StreamWriter<Long> writer) {
		return this.decision.answer(name, writer);
	}

	CompletionStage<Outcome<Long, String>> accept(String name, StreamWriter<Long> writer) {
		if (!writer.isClosed()) {
			this.history.serverOpened(name);
			this.streams.add(writer);
			writer.closed().thenRun(() -> {
				this.streams.remove(writer);
				this.history.serverEnded(name);
			});
		}
		return CompletableFuture.completedFuture(Outcome.accepted(this.state));
	}

	/** A new persistent connection, already started. */
	PersistentConnection<RpcConnection> connection() {
		return connection((context, server) -> connect(context));
	}

	/** Likewise, but connects in another way. */
	<C extends AsyncCloseable> PersistentConnection<C> connection(Connector<String, C> connector) {
		PersistentConnection<C> connection = PersistentConnection.<String, C>builder("books", connector)
			.address(() -> CompletableFuture.completedFuture("server"))
			.retryDelay(RetryDelay.constant(RETRY).jittered(0))
			.timeSource(this.owners.get())
			.start();
		this.connections.add(connection);
		return connection;
	}

	CompletableFuture<RpcConnection> connect(ConnectContext context) {
		if (!this.up) {
			return CompletableFuture.failedFuture(new IllegalStateException("refused"));
		}
		MemoryTransport.Pair pair = MemoryTransport.pair(this.owners.get(), this.owners.get());
		this.transports.add(pair);
		this.onConnect.accept(pair);
		Implementations all = Implementations.builder().addAll(this.implementations).build();
		RpcConnection.establish(pair.second(), this.options.withImplementations(all)).thenAccept((server) -> {
			this.served.add(server);
			server.closeFinished().thenRun(() -> this.served.remove(server));
		});
		CompletableFuture<RpcConnection> client = RpcConnection.establish(pair.first(), this.options);
		context.interrupt().thenRun(() -> client.cancel(false));
		return client;
	}

	MemoryTransport.Pair lastTransport() {
		return this.transports.get(this.transports.size() - 1);
	}

	/** Cuts the last connection here and now. */
	void cut() {
		this.history.note("cut");
		lastTransport().first().cutAfter(0, new IllegalStateException("reset"));
	}

	void advance(long seconds) {
		this.time.advanceBy(Duration.ofSeconds(seconds));
	}

	void run() {
		this.time.run();
	}

	/** Everything has come to rest: no rule is broken. */
	void expectNoViolation(String description) {
		assertThat(new SubscriptionHistoryChecker<>(this.history).check()).as("%s%n%s", description, this.history)
			.isEmpty();
	}

	/** Closes all connections: nothing remains that would ever happen. */
	void expectNothingRemains(String description) {
		this.connections.forEach(PersistentConnection::closeAsync);
		advance(60);
		assertThat(this.time.pendingAlarms()).as("alarms; %s%n%s", description, this.history).isZero();
		assertThat(this.streams).as("streams; %s%n%s", description, this.history).isEmpty();
	}

	/**
	 * How the server answers a query.
	 */
	@FunctionalInterface
	interface Decision {

		CompletionStage<Outcome<Long, String>> answer(String name, StreamWriter<Long> writer);

	}

}
