/**
 * What happens to connections, servers and subscriptions, as events of the application.
 */
@NullMarked
package io.persistentconn.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
