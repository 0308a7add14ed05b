/**
 * Annotated services: what their methods answer on which servers, on which threads.
 */
@NullMarked
package io.persistentconn.autoconfigure.service;

import org.jspecify.annotations.NullMarked;
