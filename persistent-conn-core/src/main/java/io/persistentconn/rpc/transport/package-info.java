/**
 * Carries messages in frames, over TCP or within a process. Source: wire, section 2.
 */
@NullMarked
package io.persistentconn.rpc.transport;

import org.jspecify.annotations.NullMarked;
