/**
 * RPC calls as observations, and their traces across processes.
 */
@NullMarked
package io.persistentconn.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
