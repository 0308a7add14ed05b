/**
 * Values that are built again when they break, and subscriptions to state and pipe RPCs
 * that recover by themselves. Above {@code rpc.versioned}.
 */
@NullMarked
package io.persistentconn.durable;

import org.jspecify.annotations.NullMarked;
