/**
 * Fleet vitals: instances that send each other how they are, over connections that stay
 * up.
 */
@NullMarked
package io.persistentconn.sample;

import org.jspecify.annotations.NullMarked;
