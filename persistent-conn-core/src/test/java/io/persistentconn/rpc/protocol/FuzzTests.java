package io.persistentconn.rpc.protocol;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;
import io.persistentconn.rpc.golden.GoldenRecording;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages with some bytes changed, lost, repeated or made huge: no error but those that
 * are documented, and no memory for what is only claimed.
 */
@Tag("R8")
class FuzzTests {

	private static final int MUTATIONS = 1_000_000;

	private static final int BIGGEST = 2_000;

	/**
	 * Of the biggest message there are 2000 bytes; 100 bytes of heap for each are fair.
	 */
	private static final long MAX_ALLOCATION = 200_000;

	private static final byte[][] CLAIMS = { { (byte) 0xfd, -1, -1, -1, 0x7f }, { (byte) 0xfe, -1, -1 },
			{ (byte) 0xfc, -1, -1, -1, -1, -1, -1, -1, 0x3f }, { (byte) 0xfc, -1, -1, -1, -1, -1, -1, -1, -1 },
			{ (byte) 0xfd, 0, 0, 0, 4 }, { (byte) 0x7f } };

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final BinReader in = new BinReader();

	private final RandomGenerator random = new SplittableRandom(20260101);

	@Test
	void mutatedMessages() {
		List<byte[]> corpus = messages();
		MessageReader reader = new MessageReader();
		Consumption handler = new Consumption();
		int[] outcomes = new int[2];
		long biggest = mutate(corpus, (message) -> {
			try {
				reader.read(message, handler);
				outcomes[0]++;
			}
			catch (ProtocolException ex) {
				outcomes[1]++;
			}
		});
		assertThat(biggest).isLessThan(MAX_ALLOCATION);
		assertThat(outcomes[0]).isGreaterThan(MUTATIONS / 20);
		assertThat(outcomes[1]).isGreaterThan(MUTATIONS / 20);
		assertThat(handler.malformedQueries).isGreaterThan(MUTATIONS / 200);
		assertThat(handler.malformedResponses).isGreaterThan(MUTATIONS / 200);
		assertThat(handler.malformedStreams).isGreaterThan(MUTATIONS / 200);
	}

	@Test
	void mutatedHeaders() {
		Header ours = Header.of(ProtocolVersion.LOWEST, ProtocolVersion.HIGHEST);
		List<byte[]> corpus = new ArrayList<>();
		GoldenRecording.all()
			.forEach(
					(recording) -> recording.frames(Direction.CLIENT_TO_SERVER).stream().limit(1).forEach(corpus::add));
		corpus.add(Wire.bytes(ours::write));
		int[] outcomes = new int[2];
		long biggest = mutate(corpus, (header) -> {
			try {
				ours.highestCommon(Header.read(header));
				outcomes[0]++;
			}
			catch (HandshakeException ex) {
				outcomes[1]++;
			}
		});
		assertThat(biggest).isLessThan(MAX_ALLOCATION);
		assertThat(outcomes[0]).isGreaterThan(MUTATIONS / 20);
		assertThat(outcomes[1]).isGreaterThan(MUTATIONS / 20);
	}

	/** What a reader remembers of a response changes nothing in what it reads next. */
	@Test
	@Tag("R4")
	void aReaderReadsEachMessageAsANewOneWould() {
		MessageReader reader = new MessageReader();
		ByteBuf buffer = Unpooled.buffer();
		List<byte[]> corpus = responses();
		byte[] message = corpus.get(0);
		for (int i = 0; i < MUTATIONS / 4; i++) {
			if (this.random.nextInt(4) == 0) {
				message = corpus.get(this.random.nextInt(corpus.size()));
			}
			buffer.clear().writeBytes(message);
			if (this.random.nextBoolean()) {
				mutate(message, buffer.clear());
			}
			assertThat(read(reader, buffer)).isEqualTo(read(new MessageReader(), buffer));
		}
	}

	private Object read(MessageReader reader, ByteBuf buffer) {
		LastMessage last = new LastMessage();
		try {
			reader.read(reset(buffer), last);
			return last.message();
		}
		catch (ProtocolException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private static List<byte[]> responses() {
		List<byte[]> responses = new ArrayList<>();
		for (int version : new int[] { 1, ProtocolVersion.HIGHEST }) {
			MessageWriter writer = new MessageWriter(version);
			for (long id : new long[] { 0, 1, 127, 128, 300, 70_000, 1L << 40, -1 }) {
				for (int rank : new int[] { Menu.NO_RANK, 5, 300 }) {
					for (int length : new int[] { 0, 1, 7, 40, 200 }) {
						responses.add(Wire.bytes((out) -> {
							writer.okResponse(out, id, rank);
							BinWriter.writeBytes(new byte[length], out);
						}));
					}
					responses
						.add(Wire.bytes((out) -> writer.errorResponse(out, id, rank, new RpcError.UnknownQueryId(id))));
				}
			}
		}
		return responses;
	}

	private List<byte[]> messages() {
		List<byte[]> corpus = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			RandomMessage messages = new RandomMessage(this.random);
			int version = 1 + i % ProtocolVersion.HIGHEST;
			corpus.add(Wire.bytes((out) -> messages.write(new MessageWriter(version), out)));
		}
		for (GoldenRecording recording : GoldenRecording.all()) {
			for (Direction direction : Direction.values()) {
				recording.frames(direction).stream().skip(1).forEach(corpus::add);
			}
		}
		corpus.removeIf((message) -> message.length == 0 || message.length > BIGGEST);
		return corpus;
	}

	/** Returns how many bytes the greediest reading took. */
	private long mutate(List<byte[]> corpus, Consumer<BinReader> reading) {
		ByteBuf buffer = Unpooled.buffer();
		// What is loaded and made once only is not counted.
		corpus.forEach((message) -> reading.accept(reset(buffer.clear().writeBytes(message))));
		long biggest = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			mutate(corpus.get(this.random.nextInt(corpus.size())), buffer.clear());
			reset(buffer);
			long before = this.threads.getCurrentThreadAllocatedBytes();
			reading.accept(this.in);
			biggest = Math.max(biggest, this.threads.getCurrentThreadAllocatedBytes() - before);
		}
		return biggest;
	}

	private BinReader reset(ByteBuf buffer) {
		return this.in.reset(buffer, 0, buffer.writerIndex());
	}

	private void mutate(byte[] message, ByteBuf out) {
		int position = this.random.nextInt(message.length);
		out.writeBytes(message);
		switch (this.random.nextInt(6)) {
			case 0 -> out.writerIndex(position);
			case 1 -> out.setByte(position, this.random.nextInt());
			case 2 -> out.setByte(position, message[position] ^ (1 << this.random.nextInt(8)));
			case 3 -> out.writerIndex(position).writeBytes(message, position / 2, message.length - position / 2);
			case 4 -> {
				byte[] claim = CLAIMS[this.random.nextInt(CLAIMS.length)];
				out.writerIndex(position).writeBytes(claim).writeBytes(message, position, message.length - position);
			}
			default -> {
				for (int i = this.random.nextInt(10); i >= 0; i--) {
					out.setByte(this.random.nextInt(message.length), this.random.nextInt());
				}
			}
		}
	}

	/** Reads the data as a stream's, which costs the call at worst. */
	private static final class Consumption extends LastMessage {

		private int malformedQueries;

		private int malformedResponses;

		private int malformedStreams;

		@Override
		public void query(QueryHeader header, BinReader data) {
			try {
				StreamData.readQuery(data);
			}
			catch (BinProtException ex) {
				this.malformedStreams++;
			}
		}

		@Override
		public void response(long queryId, BinReader data) {
			int position = data.position();
			int end = position + data.remaining();
			try {
				StreamData.readInitial(data);
				data.reset(data.buffer(), position, end);
				StreamData.readUpdate(data);
			}
			catch (BinProtException ex) {
				this.malformedStreams++;
			}
		}

		@Override
		public void malformedQuery(QueryHeader header, BinProtException error) {
			this.malformedQueries++;
		}

		@Override
		public void malformedResponse(long queryId, BinProtException error) {
			this.malformedResponses++;
		}

	}

}
