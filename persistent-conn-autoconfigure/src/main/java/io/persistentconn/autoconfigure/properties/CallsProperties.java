package io.persistentconn.autoconfigure.properties;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this side calls RPCs.
 *
 * @param timeout Time within which the answer of a call must come, for protocol "rpc".
 * With 0, unlimited.
 * @param waitForConnection Time for which a call of an imported client waits for a
 * connection while there is none, for protocol "rpc". With 0, it fails at once.
 */
public record CallsProperties(@DefaultValue("30s") Duration timeout, @DefaultValue("0s") Duration waitForConnection) {
}
