/**
 * Auto-configuration of persistent connections and servers. It translates properties to
 * what the packages below make, and nothing else.
 */
@NullMarked
package io.persistentconn.autoconfigure;

import org.jspecify.annotations.NullMarked;
