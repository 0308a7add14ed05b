/**
 * What RPC servers and RPC connections have in common: either end may implement RPCs.
 */
@NullMarked
package io.persistentconn.autoconfigure.rpc;

import org.jspecify.annotations.NullMarked;
