package io.persistentconn.autoconfigure.properties;

import java.time.Duration;

import io.persistentconn.rpc.Heartbeat;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How two ends of an RPC connection see that the other is alive.
 *
 * @param sendEvery Time between two heartbeats, for protocol "rpc". With 0, none are sent
 * and none are expected.
 * @param timeout Time without a sign of life after which the peer is taken for dead, for
 * protocol "rpc".
 * @param style Measure of the timeout, for protocol "rpc": "elapsed-time" by the clock,
 * or "number-of-heartbeats" sent meanwhile, which forgives a process that was stalled.
 */
public record HeartbeatProperties(@DefaultValue("10s") Duration sendEvery, @DefaultValue("30s") Duration timeout,
		@DefaultValue("number-of-heartbeats") Heartbeat.Style style) {
}
