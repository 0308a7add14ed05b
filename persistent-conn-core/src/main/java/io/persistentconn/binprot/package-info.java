/**
 * Jane Street's binary protocol {@code bin_prot}: codecs for the types of OCaml and for
 * those of Java that stand for them. On Netty's buffers alone.
 */
@NullMarked
package io.persistentconn.binprot;

import org.jspecify.annotations.NullMarked;
