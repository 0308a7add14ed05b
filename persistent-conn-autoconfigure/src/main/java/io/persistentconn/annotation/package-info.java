/**
 * Annotations with which an application implements and calls RPCs.
 */
@NullMarked
package io.persistentconn.annotation;

import org.jspecify.annotations.NullMarked;
