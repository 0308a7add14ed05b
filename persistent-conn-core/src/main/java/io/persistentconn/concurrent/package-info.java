/**
 * What the other packages stand on, with the JDK alone: closing asynchronously, time that
 * is passed in, event listeners, and streams with pushback.
 */
@NullMarked
package io.persistentconn.concurrent;

import org.jspecify.annotations.NullMarked;
