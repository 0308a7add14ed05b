package io.persistentconn.rpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.rpc.protocol.StreamData;

/**
 * Writes the same updates to many streams, and encodes each of them once. Streams leave
 * the group when they end. All methods may be called from any thread. Source: rule R6.
 *
 * @param <U> the type of the updates
 */
public final class StreamGroup<U> {

	private final BinCodec<U> codec;

	private final Set<StreamWriter<U>> writers = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a group without streams.
	 * @param codec the codec of the updates of all streams
	 */
	public StreamGroup(BinCodec<U> codec) {
		this.codec = codec;
	}

	/**
	 * Adds a stream. What is written from now on goes to it, too.
	 * @param writer of the stream, whose RPC has the codec of this group
	 * @throws IllegalArgumentException if it has another codec
	 */
	public void add(StreamWriter<U> writer) {
		if (writer.stream().updateCodec() != this.codec) {
			throw new IllegalArgumentException("writer: of an RPC with another codec (expected: " + this.codec + ")");
		}
		this.writers.add(writer);
		writer.closed().thenRun(() -> this.writers.remove(writer));
	}

	/**
	 * Takes a stream out, which goes on.
	 * @param writer of the stream
	 */
	public void remove(StreamWriter<U> writer) {
		this.writers.remove(writer);
	}

	/**
	 * How many streams there are.
	 * @return their number
	 */
	public int size() {
		return this.writers.size();
	}

	/**
	 * Writes an update to all streams.
	 * @param update the update
	 */
	public void write(U update) {
		ByteBuf data = Unpooled.buffer();
		StreamData.writeUpdate(data, this.codec, update);
		StreamWriter.Encoded encoded = new StreamWriter.Encoded(data.asReadOnly());
		this.writers.forEach((writer) -> writer.writeEncoded(encoded));
	}

}
