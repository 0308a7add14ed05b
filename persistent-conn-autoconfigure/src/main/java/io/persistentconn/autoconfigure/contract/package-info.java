/**
 * What annotated methods say of RPCs, for those who implement and those who call them.
 * Nothing else looks at their signatures.
 */
@NullMarked
package io.persistentconn.autoconfigure.contract;

import org.jspecify.annotations.NullMarked;
