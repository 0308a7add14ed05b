/**
 * Durable subscriptions of the application: their registry, their life, and the annotated
 * methods that take what they bring.
 */
@NullMarked
package io.persistentconn.autoconfigure.subscription;

import org.jspecify.annotations.NullMarked;
