package io.persistentconn.binprot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with type arguments, for {@link BinCodecs#of(BinType)}. It is made as an empty
 * subclass: <code>new BinType&lt;List&lt;Quote&gt;&gt;() {}</code>.
 *
 * @param <T> the type
 */
public abstract class BinType<T> {

	private final Type type;

	/**
	 * Creates one for the type argument of the subclass.
	 */
	protected BinType() {
		if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
			throw new IllegalArgumentException(
					getClass() + " has no type argument (expected: as in " + "new BinType<List<String>>() {})");
		}
		this.type = parameterized.getActualTypeArguments()[0];
	}

	/**
	 * The type.
	 * @return what stands for {@code T}
	 */
	public final Type type() {
		return this.type;
	}

	@Override
	public final String toString() {
		return this.type.getTypeName();
	}

}
