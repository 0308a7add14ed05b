/**
 * Servers as beans, of TCP and of RPCs: made from their properties, looked up, listening
 * and draining with the application.
 */
@NullMarked
package io.persistentconn.autoconfigure.server;

import org.jspecify.annotations.NullMarked;
