/**
 * Persistent connections as beans: made from their properties, looked up, started and
 * paused with the application.
 */
@NullMarked
package io.persistentconn.autoconfigure.connection;

import org.jspecify.annotations.NullMarked;
