package io.persistentconn.autoconfigure.endpoint;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint tells.
 *
 * @param connections the connections by name
 * @param servers the servers by name
 * @param subscriptions the durable subscriptions by name
 */
public record PersistentConnDescriptor(Map<String, ConnectionDescriptor> connections,
		Map<String, ServerDescriptor> servers,
		Map<String, SubscriptionDescriptor> subscriptions) implements OperationResponseBody {
}
