package io.persistentconn.rpc.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import io.persistentconn.rpc.protocol.HandshakeException;
import io.persistentconn.rpc.protocol.Header;
import io.persistentconn.rpc.protocol.MessageReader;
import io.persistentconn.rpc.protocol.ProtocolException;
import io.persistentconn.rpc.protocol.ProtocolVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every frame that was ever recorded is read, and written again from the values.
 */
@Tag("R1")
class GoldenMessagesTests {

	private static final Set<String> STREAMS = Set.of("count", "count-fail", "firehose", "firehose-direct", "clock",
			"clock-n");

	private final BinReader in = new BinReader();

	private final MessageReader reader = new MessageReader();

	/** What became of each frame that was not written again as it was. */
	private final Map<String, String> outcomes = new LinkedHashMap<>();

	private int same;

	@Test
	void everyRecordedFrameIsReadAndWrittenAgain() throws Exception {
		GoldenExceptions exceptions = GoldenExceptions.read();
		GoldenRecording.all().forEach(this::replay);
		List<String> unexpected = new ArrayList<>();
		this.outcomes.forEach((frame, outcome) -> {
			String[] parts = frame.split(" ", 3);
			if (!exceptions.meet(parts[0], parts[1], parts[2], outcome)) {
				unexpected.add(frame + " " + outcome);
			}
		});
		assertThat(unexpected).isEmpty();
		assertThat(exceptions.unmet()).isEmpty();
		assertThat(GoldenRecording.all()).hasSize(267);
		assertThat(this.same).isEqualTo(1770);
	}

	private void replay(GoldenRecording recording) {
		for (Direction direction : Direction.values()) {
			if (recording.rest(direction).length > 0) {
				outcome(recording, direction, "rest", "no-frame");
			}
		}
		Header client = header(recording, Direction.CLIENT_TO_SERVER);
		Header server = header(recording, Direction.SERVER_TO_CLIENT);
		if (client != null && server != null) {
			try {
				messages(recording, server.highestCommon(client));
			}
			catch (HandshakeException ex) {
				outcome(recording, Direction.CLIENT_TO_SERVER, "0", "handshake-" + ex.step());
			}
		}
	}

	private Header header(GoldenRecording recording, Direction direction) {
		List<byte[]> frames = recording.frames(direction);
		if (frames.isEmpty()) {
			outcome(recording, direction, "0", "absent");
			return null;
		}
		ByteBuf out = Unpooled.buffer();
		try {
			Header header = Header.read(reset(frames.get(0)));
			header.write(out);
			compare(recording, direction, 0, out, frames.get(0));
			return header;
		}
		catch (HandshakeException ex) {
			outcome(recording, direction, "0", "handshake-" + ex.step());
			return null;
		}
	}

	private void messages(GoldenRecording recording, int version) {
		ReEncoder client = new ReEncoder(version, STREAMS);
		ReEncoder server = new ReEncoder(version, STREAMS);
		client.answersTo(server);
		server.answersTo(client);
		Map<Direction, ReEncoder> sides = Map.of(Direction.CLIENT_TO_SERVER, client, Direction.SERVER_TO_CLIENT,
				server);
		// Once to learn who asks what, and once more to compare.
		sides.forEach((direction, side) -> each(recording, direction, (index) -> {
			side.into(Unpooled.buffer());
			read(recording.frames(direction).get(index), side);
		}));
		sides.values().forEach(ReEncoder::again);
		sides.forEach((direction, side) -> each(recording, direction, (index) -> {
			ByteBuf out = Unpooled.buffer();
			side.into(out);
			byte[] frame = recording.frames(direction).get(index);
			String trouble = read(frame, side);
			if (trouble.isEmpty()) {
				compare(recording, direction, index, out, frame);
			}
			else {
				outcome(recording, direction, Integer.toString(index), trouble);
			}
		}));
	}

	private static void each(GoldenRecording recording, Direction direction, Consumer<Integer> action) {
		for (int index = 1; index < recording.frames(direction).size(); index++) {
			action.accept(index);
		}
	}

	private String read(byte[] frame, ReEncoder side) {
		try {
			this.reader.read(reset(frame), side);
			return side.trouble().replace(' ', '-');
		}
		catch (ProtocolException ex) {
			return "protocol-error";
		}
		catch (IllegalStateException ex) {
			return "not-of-this-version";
		}
	}

	private BinReader reset(byte[] frame) {
		return this.in.reset(Unpooled.wrappedBuffer(frame), 0, frame.length);
	}

	private void compare(GoldenRecording recording, Direction direction, int index, ByteBuf out, byte[] frame) {
		byte[] written = new byte[out.readableBytes()];
		out.readBytes(written);
		if (Arrays.equals(written, frame)) {
			this.same++;
		}
		else {
			outcome(recording, direction, Integer.toString(index),
					isSameMetadata(written, frame) ? "sorted-menu" : "differs-kind-" + frame[0]);
		}
	}

	private boolean isSameMetadata(byte[] written, byte[] frame) {
		ReEncoder one = new ReEncoder(ProtocolVersion.HIGHEST, STREAMS);
		ReEncoder other = new ReEncoder(ProtocolVersion.HIGHEST, STREAMS);
		one.into(Unpooled.buffer());
		other.into(Unpooled.buffer());
		read(written, one);
		read(frame, other);
		return one.menu().isPresent() && one.menu().equals(other.menu());
	}

	private void outcome(GoldenRecording recording, Direction direction, String frame, String outcome) {
		String side = (direction == Direction.CLIENT_TO_SERVER) ? "c2s" : "s2c";
		this.outcomes.put(recording.name() + " " + side + " " + frame, outcome);
	}

}
