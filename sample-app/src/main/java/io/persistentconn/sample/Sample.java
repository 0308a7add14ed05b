package io.persistentconn.sample;

/**
 * Vitals as they came in.
 *
 * @param at when they came, in milliseconds, by the clock of this instance
 * @param vitals what came
 */
record Sample(long at, Vitals vitals) {
}
