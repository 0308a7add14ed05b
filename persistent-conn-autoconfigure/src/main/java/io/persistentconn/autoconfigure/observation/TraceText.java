package io.persistentconn.autoconfigure.observation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.persistentconn.rpc.IncomingCall;
import io.persistentconn.rpc.OutgoingCall;
import io.persistentconn.rpc.protocol.ProtocolVersion;
import io.persistentconn.rpc.protocol.QueryMetadata;

/**
 * Carries the fields of a propagator, such as {@code traceparent}, in the metadata of a
 * query: one line each, under a key of their own. <pre>
 *  traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
 *  tracestate=congo=t61rcWkgMzE
 * </pre> Below version 8 of the protocol, which has no keys, it is the only text, unless
 * the caller sends one; version 1 carries none.
 */
final class TraceText {

	/** The octets of "trace", as a number: 500135191397. */
	static final long KEY = 0x74_72_61_63_65L;

	private TraceText() {
	}

	/** Fields that would be cut off are left out. */
	static void write(Map<String, String> fields, OutgoingCall call) {
		StringBuilder text = new StringBuilder();
		int bytes = 0;
		for (Map.Entry<String, String> field : fields.entrySet()) {
			String line = field.getKey() + "=" + field.getValue() + "\n";
			int more = line.getBytes(StandardCharsets.UTF_8).length;
			if (bytes + more <= QueryMetadata.MAX_PAYLOAD_BYTES) {
				text.append(line);
				bytes += more;
			}
		}
		if (text.isEmpty()) {
			return;
		}
		if (hasKeys(call.connection().protocolVersion())) {
			call.addMetadata(KEY, text.toString());
		}
		else if (call.metadata().flatMap((metadata) -> metadata.payload(QueryMetadata.DEFAULT_KEY)).isEmpty()) {
			call.addMetadata(QueryMetadata.DEFAULT_KEY, text.toString());
		}
	}

	/** What is not such a line is left out. */
	static Map<String, String> read(IncomingCall call) {
		long key = hasKeys(call.connection().protocolVersion()) ? KEY : QueryMetadata.DEFAULT_KEY;
		Optional<String> text = call.metadata().flatMap((metadata) -> metadata.payload(key));
		Map<String, String> fields = new HashMap<>();
		text.orElse("").lines().forEach((line) -> {
			int separator = line.indexOf('=');
			if (separator > 0) {
				fields.putIfAbsent(line.substring(0, separator), line.substring(separator + 1));
			}
		});
		return fields;
	}

	private static boolean hasKeys(int version) {
		return ProtocolVersion.hasKeyedQueryMetadata(version);
	}

}
