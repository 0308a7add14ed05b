/**
 * RPCs in several versions: what the peer has on its menu, and conversions between the
 * types of a version and those that the application works with. Above {@code rpc}.
 */
@NullMarked
package io.persistentconn.rpc.versioned;

import org.jspecify.annotations.NullMarked;
