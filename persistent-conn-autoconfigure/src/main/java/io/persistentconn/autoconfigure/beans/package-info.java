/**
 * Beans that belong to an entry of the properties: their definitions, names and
 * qualifiers.
 */
@NullMarked
package io.persistentconn.autoconfigure.beans;

import org.jspecify.annotations.NullMarked;
