package io.persistentconn.binprot;

import java.lang.invoke.MethodHandle;

import io.netty.buffer.ByteBuf;

/**
 * A record: its components one after another. The method handles are composed once, so
 * that no reflection, no boxing and no array is left at each value.
 *
 * @param <T> the record
 */
final class RecordCodec<T> extends ShapedCodec<T> {

	private final Class<T> type;

	/** {@code (Object)int}. */
	private final MethodHandle size;

	/** {@code (Object, ByteBuf)void}. */
	private final MethodHandle write;

	/** {@code (BinReader)Object}. */
	private final MethodHandle read;

	RecordCodec(BinShape shape, Class<T> type, RecordHandles handles) {
		super(shape);
		this.type = type;
		this.size = handles.size();
		this.write = handles.write();
		this.read = handles.read();
	}

	@Override
	public int size(T value) {
		try {
			return (int) this.size.invokeExact((Object) value);
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public void write(T value, ByteBuf out) {
		try {
			this.write.invokeExact((Object) value, out);
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	@SuppressWarnings("unchecked") // the handle makes nothing else
	public T read(BinReader in) {
		int position = in.position();
		try {
			return (T) this.read.invokeExact(in);
		}
		catch (BinProtException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw in.errorAt(position, this.type.getName() + " cannot be made of what was read: " + ex, ex);
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	private RuntimeException failed(Throwable ex) {
		if (ex instanceof RuntimeException unchecked) {
			return unchecked;
		}
		if (ex instanceof Error error) {
			throw error;
		}
		return new BinProtException(this.type.getName() + " cannot be written: " + ex);
	}

}
