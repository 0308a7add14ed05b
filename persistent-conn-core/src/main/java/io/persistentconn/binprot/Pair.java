package io.persistentconn.binprot;

/**
 * A tuple of two: {@code 'a * 'b}. For more parts, or better names, write a record that
 * is marked as {@link Tuple}.
 *
 * @param <A> the type of the first part
 * @param <B> the type of the second part
 * @param first the first part
 * @param second the second part
 */
@Tuple
public record Pair<A, B>(A first, B second) {

}
