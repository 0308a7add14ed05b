package io.persistentconn.rpc.protocol;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;

/**
 * The data of the queries and responses of a stream, each with its length. Writing goes
 * on behind {@link MessageWriter#query} and {@link MessageWriter#okResponse}, reading
 * starts where a {@link MessageHandler} is given the data. Source: wire, section 5. <pre>
 *  query    len `Query len payload | `Abort
 *  initial  len id-0 (00 state | 01 error)
 *  update   len `Ok len payload | `Eof
 * </pre>
 */
public final class StreamData {

	private static final int QUERY = BinWriter.polymorphicTag("Query");

	private static final int ABORT = BinWriter.polymorphicTag("Abort");

	private static final int UPDATE = BinWriter.polymorphicTag("Ok");

	private static final int EOF = BinWriter.polymorphicTag("Eof");

	private static final int UNUSED_QUERY_ID = 0;

	private static final int INITIAL_HEAD_SIZE = 2;

	private static final int LONGEST_BYTE_NAT0 = 0x7f;

	/** A tag, and a length of one byte. */
	private static final int SHORT_HEAD_SIZE = Integer.BYTES + 1;

	private static final long SHORT_HEAD_MASK = (1L << (SHORT_HEAD_SIZE * Byte.SIZE)) - 1;

	private StreamData() {
	}

	/**
	 * Appends the data of the query that opens a stream.
	 * @param <T> the type of the query
	 * @param out gets it
	 * @param codec of the query
	 * @param query what is asked
	 */
	public static <T> void writeQuery(ByteBuf out, BinCodec<T> codec, T query) {
		writeTagged(out, QUERY, codec, query);
	}

	/**
	 * Appends the data of the query that ends a stream.
	 * @param out gets it
	 */
	public static void writeAbort(ByteBuf out) {
		writeTag(out, ABORT);
	}

	/**
	 * Appends the data of the first response: the stream is open.
	 * @param <T> the type of the state
	 * @param out gets it
	 * @param codec of the state
	 * @param state the state; {@code unit} for a pipe
	 */
	public static <T> void writeInitial(ByteBuf out, BinCodec<T> codec, T state) {
		writeInitial(out, false, codec, state);
	}

	/**
	 * Appends the data of the first response: there is no stream.
	 * @param <E> the type of the error
	 * @param out gets it
	 * @param codec of the error
	 * @param error why not
	 */
	public static <E> void writeInitialError(ByteBuf out, BinCodec<E> codec, E error) {
		writeInitial(out, true, codec, error);
	}

	private static <T> void writeInitial(ByteBuf out, boolean error, BinCodec<T> codec, T value) {
		int size = codec.size(value);
		BinWriter.writeNat0(INITIAL_HEAD_SIZE + (long) size, out);
		out.writeByte(UNUSED_QUERY_ID);
		BinWriter.writeBoolean(error, out);
		MessageWriter.value(out, codec, value, size);
	}

	/**
	 * Appends the data of a later response: an update. It is the same for all who get
	 * that update.
	 * @param <T> the type of the updates
	 * @param out gets it
	 * @param codec of the updates
	 * @param update the update
	 */
	public static <T> void writeUpdate(ByteBuf out, BinCodec<T> codec, T update) {
		writeTagged(out, UPDATE, codec, update);
	}

	/**
	 * Appends the data of the last response.
	 * @param out gets it
	 */
	public static void writeEof(ByteBuf out) {
		writeTag(out, EOF);
	}

	private static <T> void writeTagged(ByteBuf out, int tag, BinCodec<T> codec, T value) {
		int size = codec.size(value);
		long length = Integer.BYTES + BinWriter.sizeOfNat0(size) + (long) size;
		if (length <= LONGEST_BYTE_NAT0) {
			// Both lengths take one byte, so all are written at once: each write has a
			// price.
			int end = out.writerIndex() + 2 + Integer.BYTES;
			out.writeLongLE(length | (tag & 0xffff_ffffL) << Byte.SIZE | (long) size << (Byte.SIZE + Integer.SIZE));
			out.writerIndex(end);
		}
		else {
			BinWriter.writeNat0(length, out);
			out.writeIntLE(tag);
			BinWriter.writeNat0(size, out);
		}
		MessageWriter.value(out, codec, value, size);
	}

	private static void writeTag(ByteBuf out, int tag) {
		out.writeByte(Integer.BYTES);
		out.writeIntLE(tag);
	}

	/**
	 * Reads the data of a query up to its payload.
	 * @param data stands at the data, and then at the payload, which is all the rest
	 * @return true if it opens a stream, false if it ends one and has no payload
	 * @throws io.persistentconn.binprot.BinProtException if it is neither
	 */
	public static boolean readQuery(BinReader data) {
		return readTagged(data, QUERY, ABORT, "stream query");
	}

	/**
	 * Reads the data of the first response up to its value.
	 * @param data stands at the data, and then at the value, which is all the rest
	 * @return true if the state follows, false if the error does
	 * @throws io.persistentconn.binprot.BinProtException if it is neither
	 */
	public static boolean readInitial(BinReader data) {
		data.readOcamlInt();
		int position = data.position();
		int code = data.readUnsignedByte();
		if (code > 1) {
			throw data.errorAt(position, "result: first byte " + Integer.toHexString(code));
		}
		return code == 0;
	}

	/**
	 * Reads the data of a later response up to its payload.
	 * @param data stands at the data, and then at the payload, which is all the rest
	 * @return true if it is an update, false if it ends the stream and has no payload
	 * @throws io.persistentconn.binprot.BinProtException if it is neither
	 */
	public static boolean readUpdate(BinReader data) {
		return readTagged(data, UPDATE, EOF, "stream response");
	}

	private static boolean readTagged(BinReader data, int with, int without, String what) {
		int payloadLength = data.remaining() - SHORT_HEAD_SIZE;
		if (payloadLength >= Long.BYTES - SHORT_HEAD_SIZE && payloadLength <= LONGEST_BYTE_NAT0 && (data.peekLongLE()
				& SHORT_HEAD_MASK) == ((long) payloadLength << Integer.SIZE | (with & 0xffff_ffffL))) {
			// Tag and length are as they should be, and need not be read one by one.
			data.skip(SHORT_HEAD_SIZE);
			return true;
		}
		int position = data.position();
		int tag = data.readVariantTag();
		if (tag == without) {
			data.expectEnd();
			return false;
		}
		if (tag != with) {
			throw data.errorAt(position, what + ": tag " + Integer.toHexString(Integer.reverseBytes(tag)));
		}
		int lengthPosition = data.position();
		int length = data.readLength();
		if (length != data.remaining()) {
			throw data.errorAt(lengthPosition, "length: " + length + " (expected: " + data.remaining() + ")");
		}
		return true;
	}

}
