package io.persistentconn.binprot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The method handles of a {@link RecordCodec}: those of its components, composed.
 *
 * @param size {@code (Object)int}
 * @param write {@code (Object, ByteBuf)void}
 * @param read {@code (BinReader)Object}
 */
record RecordHandles(MethodHandle size, MethodHandle write, MethodHandle read) {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private static final MethodHandle SUM = ComponentHandles.find(Math.class, "addExact", int.class, int.class,
			int.class);

	private static final MethodHandle PRESENT = ComponentHandles.find(RecordHandles.class, "present", Object.class,
			Object.class, String.class);

	static RecordHandles of(Class<?> type, List<ComponentHandles> components) {
		try {
			return new RecordHandles(size(type, components), write(type, components), read(type, components));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw new IllegalArgumentException(type.getName() + " is not accessible (expected: its package is open to "
					+ "this library, and it has at most 250 components)", ex);
		}
	}

	private static MethodHandle size(Class<?> type, List<ComponentHandles> components) throws IllegalAccessException {
		MethodHandle total = MethodHandles.dropArguments(MethodHandles.constant(int.class, 0), 0, Object.class);
		RecordComponent[] parts = type.getRecordComponents();
		for (int i = 0; i < parts.length; i++) {
			MethodHandle size = MethodHandles.filterArguments(components.get(i).size(), 0, accessor(parts[i]));
			MethodHandle sum = MethodHandles.collectArguments(SUM, 1, onObject(size));
			total = (i == 0) ? onObject(size) : MethodHandles.foldArguments(sum, total);
		}
		return total;
	}

	private static MethodHandle write(Class<?> type, List<ComponentHandles> components) throws IllegalAccessException {
		MethodHandle all = MethodHandles.empty(MethodType.methodType(void.class, Object.class, ByteBuf.class));
		RecordComponent[] parts = type.getRecordComponents();
		for (int i = parts.length - 1; i >= 0; i--) {
			MethodHandle write = MethodHandles.filterArguments(components.get(i).write(), 0, accessor(parts[i]));
			all = (i == parts.length - 1) ? onObject(write) : MethodHandles.foldArguments(all, onObject(write));
		}
		return all;
	}

	private static MethodHandle read(Class<?> type, List<ComponentHandles> components) throws IllegalAccessException {
		Class<?>[] types = Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getType)
			.toArray(Class<?>[]::new);
		MethodHandle read = MethodHandles.dropArguments(constructor(type, types), types.length, BinReader.class);
		for (int i = types.length - 1; i >= 0; i--) {
			read = MethodHandles.foldArguments(read, i, components.get(i).read());
		}
		return read.asType(MethodType.methodType(Object.class, BinReader.class));
	}

	private static MethodHandle constructor(Class<?> type, Class<?>... components) throws IllegalAccessException {
		try {
			Constructor<?> constructor = type.getDeclaredConstructor(components);
			constructor.setAccessible(true);
			return LOOKUP.unreflectConstructor(constructor);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("every record has a canonical constructor", ex);
		}
	}

	/** Gets a component that is not {@code null}. */
	private static MethodHandle accessor(RecordComponent component) throws IllegalAccessException {
		component.getAccessor().setAccessible(true);
		MethodHandle accessor = LOOKUP.unreflect(component.getAccessor());
		if (component.getType().isPrimitive()) {
			return accessor;
		}
		String name = component.getDeclaringRecord().getName() + "." + component.getName();
		MethodHandle present = MethodHandles.insertArguments(PRESENT, 1, name);
		MethodType type = MethodType.methodType(component.getType(), component.getType());
		return MethodHandles.filterReturnValue(accessor, present.asType(type));
	}

	static Object present(@Nullable Object value, String name) {
		if (value == null) {
			throw new BinProtException(name + ": null (expected: a value; what may be missing is an Optional)");
		}
		return value;
	}

	private static MethodHandle onObject(MethodHandle handle) {
		return handle.asType(handle.type().changeParameterType(0, Object.class));
	}

}
