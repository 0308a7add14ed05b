package io.persistentconn.durable;

/**
 * What there is to know about a subscription that was just established.
 *
 * @param connection the value of the {@link Durable} that it goes over
 * @param number the how manyth it is of its stream, from 1
 */
public record SubscriptionMetadata(Object connection, long number) {
}
