package io.persistentconn.binprot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The method handles for a component of a record. Primitives and strings go straight to
 * reader and writer, without boxing; for others they are bound to a codec.
 *
 * @param size {@code (C)int}
 * @param write {@code (C, ByteBuf)void}
 * @param read {@code (BinReader)C}
 */
record ComponentHandles(MethodHandle size, MethodHandle write, MethodHandle read) {

	private static final MethodHandle CODEC_SIZE = findVirtual(BinCodec.class, "size", int.class, Object.class);

	private static final MethodHandle CODEC_WRITE = findVirtual(BinCodec.class, "write", void.class, Object.class,
			ByteBuf.class);

	private static final MethodHandle CODEC_READ = findVirtual(BinCodec.class, "read", Object.class, BinReader.class);

	private static final Map<Class<?>, ComponentHandles> DIRECT = Map.of(long.class,
			new ComponentHandles(find(BinWriter.class, "sizeOfOcamlInt", int.class, long.class),
					find(BinWriter.class, "writeOcamlInt", void.class, long.class, ByteBuf.class),
					findVirtual(BinReader.class, "readOcamlInt", long.class)),
			int.class, smallInt(int.class, findVirtual(BinReader.class, "readInt", int.class)), short.class,
			smallInt(short.class, find(SmallIntCodec.class, "readShort", short.class, BinReader.class)), byte.class,
			smallInt(byte.class, find(SmallIntCodec.class, "readByte", byte.class, BinReader.class)), double.class,
			new ComponentHandles(constantSize(double.class, Double.BYTES),
					find(BinWriter.class, "writeDouble", void.class, double.class, ByteBuf.class),
					findVirtual(BinReader.class, "readDouble", double.class)),
			boolean.class,
			new ComponentHandles(constantSize(boolean.class, 1),
					find(BinWriter.class, "writeBoolean", void.class, boolean.class, ByteBuf.class),
					findVirtual(BinReader.class, "readBoolean", boolean.class)),
			String.class,
			new ComponentHandles(find(BinWriter.class, "sizeOfString", int.class, String.class),
					find(BinWriter.class, "writeString", void.class, String.class, ByteBuf.class),
					findVirtual(BinReader.class, "readString", String.class)));

	/** The handles for a type as it is usually written. */
	static @Nullable ComponentHandles direct(Class<?> type) {
		return DIRECT.get(type);
	}

	static ComponentHandles of(Class<?> type, BinCodec<?> codec) {
		return new ComponentHandles(bind(CODEC_SIZE, codec, MethodType.methodType(int.class, type)),
				bind(CODEC_WRITE, codec, MethodType.methodType(void.class, type, ByteBuf.class)),
				bind(CODEC_READ, codec, MethodType.methodType(type, BinReader.class)));
	}

	private static MethodHandle bind(MethodHandle method, BinCodec<?> codec, MethodType type) {
		return method.bindTo(codec).asType(type);
	}

	private static ComponentHandles smallInt(Class<?> type, MethodHandle read) {
		MethodHandle size = find(BinWriter.class, "sizeOfInt", int.class, long.class);
		MethodHandle write = find(BinWriter.class, "writeInt", void.class, long.class, ByteBuf.class);
		return new ComponentHandles(size.asType(MethodType.methodType(int.class, type)),
				write.asType(MethodType.methodType(void.class, type, ByteBuf.class)), read);
	}

	private static MethodHandle constantSize(Class<?> type, int size) {
		return MethodHandles.dropArguments(MethodHandles.constant(int.class, size), 0, type);
	}

	static MethodHandle find(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
		try {
			return MethodHandles.lookup().findStatic(owner, name, MethodType.methodType(result, parameters));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MethodHandle findVirtual(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
		try {
			return MethodHandles.lookup().findVirtual(owner, name, MethodType.methodType(result, parameters));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
