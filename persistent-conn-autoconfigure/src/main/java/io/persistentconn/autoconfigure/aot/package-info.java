/**
 * What a native image must know of applications. Used when an application is processed
 * ahead of time, and never when it runs.
 */
@NullMarked
package io.persistentconn.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
