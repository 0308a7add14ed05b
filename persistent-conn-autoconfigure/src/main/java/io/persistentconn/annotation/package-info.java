/**
 * Annotations with which an application implements, calls and subscribes to RPCs.
 */
@NullMarked
package io.persistentconn.annotation;

import org.jspecify.annotations.NullMarked;
