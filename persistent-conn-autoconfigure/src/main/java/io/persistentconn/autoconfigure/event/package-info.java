/**
 * What happens to connections and servers, as events of the application.
 */
@NullMarked
package io.persistentconn.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
