package io.persistentconn.autoconfigure.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.persistentconn.autoconfigure.connection.ConnectionsLifecycle;
import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.subscription.Subscriptions;
import io.persistentconn.concurrent.Cancellable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes a {@link PersistentConnEvent} for whatever happens to the connections,
 * servers and durable subscriptions of the application.
 * <p>
 * Listeners may block: they are called one at a time, by one thread that does nothing
 * else, so they delay each other but no connection. Of each of them, 256 events may wait;
 * if more come while a listener is stuck, the oldest are dropped and that is logged. A
 * listener that takes long had better be {@code @Async}.
 * <p>
 * The thread is not one of the application's task executor, which takes no more tasks
 * from the beginning of a shutdown on, just when there is something to tell, and whose
 * rules may be to wait or to run a task by its caller. When the application stops, what
 * happened until then is still published, for up to five seconds; what happens later,
 * such as that beans are closed, is not.
 */
public final class PersistentConnEventPublisher implements SmartLifecycle, DisposableBean {

	/** Before connections and servers, and stopped after them. */
	public static final int PHASE = ConnectionsLifecycle.PHASE - 4096;

	private static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);

	private final PersistentConnections connections;

	private final TcpServers servers;

	private final Subscriptions subscriptions;

	/** There is one while there are events. */
	private final ThreadPoolExecutor thread = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), PersistentConnEventPublisher::newThread);

	private final EventDelivery delivery;

	private final List<Cancellable> feeds = new ArrayList<>();

	private final List<ServerFeed> serverFeeds = new ArrayList<>();

	private boolean listening;

	private volatile boolean running;

	/**
	 * Creates a publisher that listens to nothing before it is started.
	 * @param connections to which connections it listens
	 * @param servers to which servers it listens
	 * @param subscriptions to which subscriptions it listens
	 * @param publisher takes the events, usually the application context
	 */
	public PersistentConnEventPublisher(PersistentConnections connections, TcpServers servers,
			Subscriptions subscriptions, ApplicationEventPublisher publisher) {
		this.connections = connections;
		this.servers = servers;
		this.subscriptions = subscriptions;
		this.delivery = new EventDelivery(this.thread, publisher::publishEvent);
	}

	/**
	 * Begins to listen, once: a second start finds the listeners still there.
	 */
	@Override
	public void start() {
		this.running = true;
		if (!this.listening) {
			this.listening = true;
			this.connections.all()
				.values()
				.forEach((connection) -> this.feeds.add(ConnectionFeed.attach(connection, this::publish)));
			this.servers.all()
				.values()
				.forEach((server) -> this.serverFeeds.add(new ServerFeed(server, this::publish)));
			this.feeds.add(this.subscriptions.addListener(new SubscriptionFeed(this::publish)));
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	/**
	 * Waits for the listeners, for up to five seconds.
	 */
	@Override
	public void stop(Runnable callback) {
		this.serverFeeds.forEach(ServerFeed::endDraining);
		this.running = false;
		delivered().completeOnTimeout(null, FLUSH_LIMIT.toNanos(), TimeUnit.NANOSECONDS).thenRun(callback);
	}

	/**
	 * Observes the listeners.
	 * @return a new future that completes once they were told of all that happened so far
	 */
	public CompletableFuture<Void> delivered() {
		return this.delivery.idle();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Ends listening, and interrupts a listener that is still at work.
	 */
	@Override
	public void destroy() {
		this.feeds.forEach(Cancellable::cancel);
		this.serverFeeds.forEach(ServerFeed::cancel);
		this.thread.shutdownNow();
	}

	/** Whatever happens between stop and start, there may be no listener left for it. */
	private void publish(PersistentConnEvent event) {
		if (this.running) {
			this.delivery.add(event);
		}
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "persistent-conn-events");
		thread.setDaemon(true);
		return thread;
	}

}
