package io.persistentconn.binprot;

import io.netty.buffer.ByteBuf;

/**
 * Writes and reads the values of one type as {@code bin_prot} does. {@link BinCodecs} has
 * the usual ones and derives others; implement it for what is left. Codecs have no state
 * and may be used from any thread.
 * <p>
 * Each value takes at least one byte. Neither values nor their parts are {@code null}.
 *
 * @param <T> the type of the values
 */
public interface BinCodec<T> {

	/**
	 * How many bytes a value takes.
	 * @param value what is going to be written
	 * @return how many bytes {@link #write} will append
	 * @throws BinProtException if the value cannot be written
	 */
	int size(T value);

	/**
	 * Appends a value.
	 * @param value what to write
	 * @param out gets exactly {@link #size} bytes more; remains the caller's
	 * @throws BinProtException if the value cannot be written; what was appended by then
	 * is the caller's to take back
	 */
	void write(T value, ByteBuf out);

	/**
	 * Reads one value.
	 * @param in stands at the value, and then behind it
	 * @return the value, which holds nothing of the reader and its buffer
	 * @throws BinProtException if the bytes there are not such a value
	 */
	T read(BinReader in);

	/**
	 * Which OCaml type this stands for.
	 * @return the shape, by which both sides can compare their types
	 */
	BinShape shape();

}
