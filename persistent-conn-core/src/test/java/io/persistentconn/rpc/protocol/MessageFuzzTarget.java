package io.persistentconn.rpc.protocol;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.fuzz.InputCost;
import io.persistentconn.rpc.golden.GoldenRecording;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;

/**
 * For Jazzer: a message. It is read, its data as that of a stream, and what it says is
 * printed, as a log would.
 */
public final class MessageFuzzTarget extends LastMessage {

	private MessageFuzzTarget() {
	}

	/** Called by Jazzer. */
	public static void fuzzerTestOneInput(byte[] input) {
		InputCost.check(input.length, () -> read(input));
	}

	/** What to begin with. */
	public static Stream<byte[]> seeds() {
		Stream<byte[]> recorded = GoldenRecording.all()
			.stream()
			.flatMap((recording) -> Stream.of(Direction.values()).map(recording::frames))
			.flatMap((frames) -> frames.stream().skip(1))
			.filter((message) -> message.length <= 2000);
		RandomMessage messages = new RandomMessage(new SplittableRandom(20260101));
		Stream<byte[]> random = IntStream.range(0, 50 * ProtocolVersion.HIGHEST)
			.mapToObj((i) -> Wire
				.bytes((out) -> messages.write(new MessageWriter(1 + i % ProtocolVersion.HIGHEST), out)));
		return Stream.concat(recorded, random);
	}

	private static void read(byte[] input) {
		ByteBuf bytes = Unpooled.wrappedBuffer(input);
		MessageFuzzTarget target = new MessageFuzzTarget();
		try {
			new MessageReader().read(new BinReader().reset(bytes, 0, input.length), target);
			if (target.message().toString().isEmpty()) {
				throw new AssertionError("A message was read that is none");
			}
		}
		catch (ProtocolException ex) {
			// This is how it should be.
		}
	}

	@Override
	public void query(QueryHeader header, BinReader data) {
		int position = data.position();
		int end = position + data.remaining();
		super.query(header, data);
		data.reset(data.buffer(), position, end);
		try {
			StreamData.readQuery(data);
		}
		catch (BinProtException ex) {
			// Costs the call only.
		}
	}

	@Override
	public void response(long queryId, BinReader data) {
		int position = data.position();
		int end = position + data.remaining();
		super.response(queryId, data);
		try {
			StreamData.readInitial(data.reset(data.buffer(), position, end));
		}
		catch (BinProtException ex) {
			// Costs the call only.
		}
		try {
			StreamData.readUpdate(data.reset(data.buffer(), position, end));
		}
		catch (BinProtException ex) {
			// Costs the call only.
		}
	}

}
