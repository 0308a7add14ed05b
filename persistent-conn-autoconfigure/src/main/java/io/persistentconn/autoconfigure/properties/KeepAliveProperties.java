package io.persistentconn.autoconfigure.properties;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the operating system probes an idle connection.
 *
 * @param idle Time without traffic after which the first probe is sent. Whole seconds.
 * @param interval Time between two probes. Whole seconds.
 * @param count Number of unanswered probes after which the peer is taken for dead.
 */
public record KeepAliveProperties(@DefaultValue("60s") Duration idle, @DefaultValue("10s") Duration interval,
		@DefaultValue("6") int count) {
}
