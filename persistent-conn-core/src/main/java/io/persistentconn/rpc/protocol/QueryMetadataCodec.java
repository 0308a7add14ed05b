package io.persistentconn.rpc.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads {@link QueryMetadata} as an option. <pre>
 *  version 2 to 7   00 | 01 string
 *  from version 8   00 | 01 count (key int, string)*
 * </pre>
 */
final class QueryMetadataCodec {

	private QueryMetadataCodec() {
	}

	static QueryMetadata readText(BinReader in) {
		return QueryMetadata.of(readPayload(in));
	}

	/** If a key is there twice, the first counts, as in the original. */
	static QueryMetadata readKeyed(BinReader in) {
		int count = in.readCount();
		Map<Long, String> payloads = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			payloads.putIfAbsent(in.readOcamlInt(), readPayload(in));
		}
		return new QueryMetadata(payloads);
	}

	/** A peer cuts texts off at any byte, so the last character may be incomplete. */
	private static String readPayload(BinReader in) {
		return PeerText.read(in);
	}

	static void writeText(@Nullable QueryMetadata metadata, ByteBuf out) {
		String payload = (metadata != null) ? metadata.payloads().get(QueryMetadata.DEFAULT_KEY) : null;
		BinWriter.writeBoolean(payload != null, out);
		if (payload != null) {
			writePayload(payload, out);
		}
	}

	static void writeKeyed(@Nullable QueryMetadata metadata, ByteBuf out) {
		if (metadata == null || metadata.payloads().isEmpty()) {
			BinWriter.writeBoolean(false, out);
		}
		else {
			BinWriter.writeBoolean(true, out);
			BinWriter.writeNat0(metadata.payloads().size(), out);
			metadata.payloads().forEach((key, payload) -> {
				BinWriter.writeOcamlInt(key, out);
				writePayload(payload, out);
			});
		}
	}

	private static void writePayload(String payload, ByteBuf out) {
		boolean fits = ByteBufUtil.utf8Bytes(payload) <= QueryMetadata.MAX_PAYLOAD_BYTES;
		BinWriter.writeString(fits ? payload : truncate(payload), out);
	}

	/** Cuts before the character that does not fit as a whole. */
	private static String truncate(String payload) {
		int bytes = 0;
		int end = 0;
		while (true) {
			int next = payload.offsetByCodePoints(end, 1);
			bytes += ByteBufUtil.utf8Bytes(payload, end, next);
			if (bytes > QueryMetadata.MAX_PAYLOAD_BYTES) {
				return payload.substring(0, end);
			}
			end = next;
		}
	}

}
