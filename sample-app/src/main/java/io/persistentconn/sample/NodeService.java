package io.persistentconn.sample;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.persistentconn.annotation.RpcService;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.StateStream;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What this instance does when others call it. The RPC server in {@code application.yml}
 * offers every {@link RpcService}.
 */
@RpcService
class NodeService implements FleetContract {

	/**
	 * A subscriber that lags behind by more is cut off: it comes back, and begins anew.
	 */
	private static final int BACKLOG = 30;

	private final VitalsSource source;

	private final ApplicationEventPublisher events;

	private final Set<PipeWriter<Vitals>> subscribers = ConcurrentHashMap.newKeySet();

	private volatile Vitals latest;

	NodeService(VitalsSource source, ApplicationEventPublisher events) {
		this.source = source;
		this.events = events;
		this.latest = source.measure();
	}

	@Override
	public StateStream<Vitals, Vitals> vitals() {
		PipeWriter<Vitals> updates = PipeWriter.create(BACKLOG);
		// In this order no update is missed. One that is also in the state does no harm.
		this.subscribers.add(updates);
		updates.closed().thenRun(() -> this.subscribers.remove(updates));
		return new StateStream<>(this.latest, updates.pipe());
	}

	@Scheduled(fixedRateString = "PT1S")
	void measure() {
		Vitals vitals = this.source.measure();
		this.latest = vitals;
		this.subscribers.forEach((subscriber) -> {
			if (!subscriber.tryWrite(vitals)) {
				subscriber.close();
			}
		});
	}

	@Override
	public CompletableFuture<NodeInfo> nodeInfo() {
		return CompletableFuture.completedFuture(this.source.nodeInfo());
	}

	@Override
	public void log(LogLine line) {
		this.events.publishEvent(line.cleaned());
	}

}
