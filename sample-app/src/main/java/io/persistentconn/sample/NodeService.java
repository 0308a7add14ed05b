package io.persistentconn.sample;

import java.util.concurrent.CompletableFuture;

import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.StreamGroup;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What this instance does when others call it. The RPC server in {@code application.yml}
 * offers every bean that is an {@link Implementation}. They are called on event loops, so
 * they do not block.
 */
@Configuration(proxyBeanMethods = false)
class NodeService {

	private final VitalsSource source;

	/** All who subscribed: each update is serialised once, however many they are. */
	private final StreamGroup<Vitals> subscribers = new StreamGroup<>(FleetRpcs.VITALS_CODEC);

	private volatile Vitals latest;

	NodeService(VitalsSource source) {
		this.source = source;
		this.latest = source.measure();
	}

	@Bean
	Implementation vitalsRpc() {
		return FleetRpcs.VITALS.implementDirect((context, query, updates) -> {
			// In this order no update is missed. One that is also in the state does no
			// harm.
			this.subscribers.add(updates);
			return CompletableFuture.completedFuture(Outcome.accepted(this.latest));
		});
	}

	@Scheduled(fixedRateString = "PT1S")
	void measure() {
		this.latest = this.source.measure();
		this.subscribers.write(this.latest);
	}

	@Bean
	Implementation nodeInfoRpc() {
		NodeInfo info = this.source.nodeInfo();
		return FleetRpcs.NODE_INFO.implementNow((context, query) -> info);
	}

	@Bean
	Implementation logRpc(ApplicationEventPublisher events) {
		return FleetRpcs.LOG
			.implement((context, text) -> events.publishEvent(LogLine.of(nameOf(context.connection()), text)));
	}

	/** What the caller has as {@code identification}, if it has one. */
	private static String nameOf(RpcConnection caller) {
		return caller.peerIdentification().map(Object::toString).orElseGet(() -> caller.remoteAddress().toString());
	}

}
