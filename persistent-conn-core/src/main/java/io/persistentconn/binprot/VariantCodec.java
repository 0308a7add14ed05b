package io.persistentconn.binprot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface of records as a variant.
 *
 * @param <T> the sealed interface
 */
final class VariantCodec<T> extends ShapedCodec<T> {

	private final VariantTags tags;

	/** In the order of the tags. */
	private final Constructor[] constructors;

	private final Map<Class<?>, Constructor> constructorsByRecord = new HashMap<>();

	/**
	 * Creates a codec.
	 * @param arguments of each constructor, in the order of the tags
	 */
	VariantCodec(BinShape shape, VariantTags tags, List<? extends Class<?>> records, List<BinCodec<Object>> arguments) {
		super(shape);
		this.tags = tags;
		this.constructors = new Constructor[records.size()];
		for (int i = 0; i < records.size(); i++) {
			this.constructors[i] = new Constructor(i, arguments.get(i));
			this.constructorsByRecord.put(records.get(i), this.constructors[i]);
		}
	}

	@Override
	public int size(T value) {
		return this.tags.size() + constructor(value).arguments.size(value);
	}

	@Override
	public void write(T value, ByteBuf out) {
		Constructor constructor = constructor(value);
		this.tags.write(constructor.index, out);
		constructor.arguments.write(value, out);
	}

	@Override
	@SuppressWarnings("unchecked") // the records are all that the interface permits
	public T read(BinReader in) {
		return (T) this.constructors[this.tags.read(in)].arguments.read(in);
	}

	private Constructor constructor(Object value) {
		@Nullable Constructor constructor = this.constructorsByRecord.get(value.getClass());
		if (constructor == null) {
			throw new BinProtException(
					this + ": " + value + " (expected: one of " + this.constructorsByRecord.keySet() + ")");
		}
		return constructor;
	}

	private record Constructor(int index, BinCodec<Object> arguments) {
	}

}
