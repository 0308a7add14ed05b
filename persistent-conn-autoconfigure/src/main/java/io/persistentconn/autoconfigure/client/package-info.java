/**
 * Clients of annotated contracts: what their methods call over which connection.
 */
@NullMarked
package io.persistentconn.autoconfigure.client;

import org.jspecify.annotations.NullMarked;
