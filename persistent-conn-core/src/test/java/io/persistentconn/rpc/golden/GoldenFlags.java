package io.persistentconn.rpc.golden;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.rpc.Heartbeat;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import io.persistentconn.rpc.protocol.Header;

/**
 * How one of the recorded programs was started, such as
 * {@code --heartbeat-every 0.5 --heartbeat-timeout 1}, and the options that do the same
 * here.
 */
final class GoldenFlags {

	private final Map<String, String> values = new HashMap<>();

	private GoldenFlags(List<String> flags) {
		for (int i = 0; i < flags.size(); i += 2) {
			this.values.put(flags.get(i).substring("--".length()), flags.get(i + 1));
		}
	}

	static GoldenFlags of(List<String> flags) {
		return new GoldenFlags(flags);
	}

	/** The options of the side that sends in a direction. */
	RpcOptions options(GoldenRecording recording, Direction direction) {
		return options().withMaxProtocolVersion(highestVersion(recording, direction));
	}

	private static int highestVersion(GoldenRecording recording, Direction direction) {
		byte[] frame = recording.frames(direction).get(0);
		List<Long> versions = Header.read(new BinReader().reset(Unpooled.wrappedBuffer(frame), 0, frame.length))
			.versions();
		return versions.get(versions.size() - 1).intValue();
	}

	int maxMessageSize() {
		String size = text("max-message-size");
		return size.isEmpty() ? RpcOptions.DEFAULT_MAX_MESSAGE_SIZE : Integer.parseInt(size);
	}

	/** Empty if it was not given. */
	String text(String flag) {
		return this.values.getOrDefault(flag, "");
	}

	private Optional<Duration> seconds(String flag) {
		return Optional.ofNullable(this.values.get(flag))
			.map((value) -> Duration.ofMillis((long) (Double.parseDouble(value) * 1000)));
	}

	private RpcOptions options() {
		Heartbeat defaults = Heartbeat.defaults();
		Duration every = seconds("heartbeat-every").orElse(defaults.sendEvery());
		Duration timeout = seconds("heartbeat-timeout").orElse(defaults.timeout());
		// The original lets the two be equal.
		Heartbeat heartbeat = Heartbeat.every(every, every.equals(timeout) ? timeout.plusNanos(1) : timeout)
			.withStyle(Heartbeat.Style.ELAPSED_TIME);
		RpcOptions options = RpcOptions.defaults().withHeartbeat(heartbeat).withMaxMessageSize(maxMessageSize());
		return seconds("handshake-timeout").map(options::withHandshakeTimeout).orElse(options);
	}

}
