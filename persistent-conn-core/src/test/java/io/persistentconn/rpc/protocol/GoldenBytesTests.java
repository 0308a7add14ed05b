package io.persistentconn.rpc.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Info;
import io.persistentconn.binprot.Sexp;
import io.persistentconn.binprot.Unit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes that the newest release of the original prints for each kind of message, for
 * a unit payload (whose length it does not print).
 */
@Tag("R1")
class GoldenBytesTests {

	private static final RpcId TAG = RpcId.of("tag", 0);

	private static final QueryMetadata METADATA = QueryMetadata.of("metadata");

	private static final Sexp ATOM = Sexp.of("atom");

	@Test
	void heartbeat() {
		assertGolden("00", new MessageWriter(1)::heartbeat, "heartbeat");
	}

	@Test
	void query() {
		assertGolden("01 03 746167 00 01 01 00", query(1, Menu.NO_RANK),
				new LastMessage.Query(-1, "tag", 0, 1, null, "00"));
	}

	@Test
	void response() {
		assertGolden("02 00 00 01 00", (out) -> {
			new MessageWriter(1).okResponse(out, 0, 5);
			unit(out);
		}, new LastMessage.Response(0, "00"));
	}

	@Test
	void queryWithMetadata() {
		assertGolden("03 03 746167 00 01 01 08 6d65746164617461 01 00", query(2, Menu.NO_RANK),
				new LastMessage.Query(-1, "tag", 0, 1, METADATA, "00"));
	}

	@Test
	void metadata() {
		assertGolden("04 00 00", (out) -> new MessageWriter(3).metadata(out, ConnectionMetadata.NONE),
				ConnectionMetadata.NONE);
	}

	@Test
	void closeReason() {
		CloseReason reason = CloseReason.ofDebug(new Info.Value(Sexp.of("Close reason")));
		assertGolden("05 03 00 0c 436c6f736520726561736f6e", (out) -> new MessageWriter(4).closeReason(out, reason),
				reason);
	}

	@Test
	void closeReasonUnderTheOtherIndex() {
		assertThat(Wire.read("06 03 00 0c 436c6f736520726561736f6e"))
			.isEqualTo(CloseReason.ofDebug(new Info.Value(Sexp.of("Close reason"))));
	}

	@Test
	void compactMetadata() {
		assertGolden("07 00 00", (out) -> new MessageWriter(6).metadata(out, ConnectionMetadata.NONE),
				ConnectionMetadata.NONE);
	}

	@Test
	void responseWithRank() {
		assertGolden("08 00 01 05 00 01 00", (out) -> {
			new MessageWriter(7).okResponse(out, 0, 5);
			unit(out);
		}, new LastMessage.Response(0, "00"));
	}

	@Test
	void queryWithKeyedMetadata() {
		assertGolden("09 03 746167 00 01 01 01 00 08 6d65746164617461 01 00", query(8, 2),
				new LastMessage.Query(-1, "tag", 0, 1, METADATA, "00"));
	}

	@Test
	void closeStarted() {
		assertGolden("0a", new MessageWriter(9)::closeStarted, "close started");
	}

	@Test
	void closeReasonInParts() {
		CloseReason reason = new CloseReason(CloseReason.UNSPECIFIED,
				Optional.of(new Info.Value(Sexp.of("Close reason"))),
				Optional.of(new Info.Value(Sexp.of("User close reason"))));
		assertGolden(
				"0b 00 0b 556e737065636966696564 01 03 00 0c 436c6f736520726561736f6e"
						+ " 01 03 00 11 5573657220636c6f736520726561736f6e",
				(out) -> new MessageWriter(10).closeReason(out, reason), reason);
		assertThat(reason.toInfo().toSexp().toString())
			.isEqualTo("((debug_info\"Close reason\")(user_reason\"User close reason\"))");
	}

	@Test
	void queryByName() {
		assertGolden("0c 00 03 746167 00 01 01 01 00 08 6d65746164617461 01 00", query(11, Menu.NO_RANK),
				new LastMessage.Query(-1, "tag", 0, 1, METADATA, "00"));
	}

	@Test
	void queryByRank() {
		assertGolden("0c 01 02 01 01 01 00 08 6d65746164617461 01 00", query(11, 2),
				new LastMessage.Query(2, "", 0, 1, METADATA, "00"));
	}

	@Test
	void errors() {
		Map.of("00 00 04 61746f6d", new RpcError.BinIo(ATOM), //
				"01", new RpcError.ConnectionClosed(RpcError.Closer.PEER, "the peer answers so", true), //
				"02 00 04 61746f6d", new RpcError.WriteError(ATOM), //
				"03 00 04 61746f6d", new RpcError.UncaughtException(ATOM), //
				"04 03 746167 f11d8694 00", new RpcError.UnimplementedRpc("tag", 0), //
				"05 00", new RpcError.UnknownQueryId(0), //
				"06 00 04 61746f6d", new RpcError.AuthorizationFailure(ATOM), //
				"07 02 01", new RpcError.MessageTooBig(2, 1), //
				"08 00 04 61746f6d", new RpcError.Unknown(ATOM), //
				"09 00 04 61746f6d", new RpcError.LiftError(ATOM))
			.forEach((bytes, error) -> {
				assertGolden("02 00 01" + bytes, (out) -> new MessageWriter(6).errorResponse(out, 0, -1, error),
						new LastMessage.ErrorResponse(0, error));
				assertGolden("08 00 00 01" + bytes, (out) -> new MessageWriter(11).errorResponse(out, 0, -1, error),
						new LastMessage.ErrorResponse(0, error));
			});
	}

	private static Consumer<ByteBuf> query(int version, int rank) {
		return (out) -> {
			new MessageWriter(version).query(out, TAG, rank, 1, METADATA);
			unit(out);
		};
	}

	private static void unit(ByteBuf out) {
		MessageWriter.payload(out, BinCodecs.UNIT, Unit.UNIT);
	}

	private static void assertGolden(String bytes, Consumer<ByteBuf> writing, Object message) {
		assertThat(Wire.written(writing)).isEqualTo(Wire.hex(bytes));
		assertThat(Wire.read(bytes)).isEqualTo(message);
	}

}
