/**
 * For the tests of applications: their connections and servers without a network.
 */
@NullMarked
package io.persistentconn.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
