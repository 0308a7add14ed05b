package io.persistentconn.rpc.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.persistentconn.binprot.Info;
import io.persistentconn.binprot.Sexp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What each version of the protocol writes.
 */
@Tag("R1")
class VersionsTests {

	private static final Sexp ATOM = Sexp.of("a");

	@Test
	void eachVersionHasItsQuery() {
		QueryMetadata metadata = QueryMetadata.of("m").with(5, "n");
		String text = "03 01 74 02 07 01 01 6d";
		String keyed = "01 74 02 07 01 02 00 01 6d 05 01 6e";
		assertThat(each((writer) -> Wire.written((out) -> writer.query(out, RpcId.of("t", 2), 3, 7, metadata))))
			.containsExactlyElementsOf(Stretch.of(1, 1, "01 01 74 02 07")
				.and(2, 7, text)
				.and(8, 10, "09" + keyed)
				.and(11, 11, "0c 01 03 07 01 02 00 01 6d 05 01 6e")
				.list());
		assertThat(Wire.written((out) -> new MessageWriter(11).query(out, RpcId.of("t", 2), Menu.NO_RANK, 7, metadata)))
			.isEqualTo(Wire.hex("0c 00" + keyed));
	}

	@Test
	void metadataThatIsAbsentOrHasNoDefaultKeyIsNone() {
		RpcId id = RpcId.of("t", 2);
		QueryMetadata other = new QueryMetadata(Map.of(5L, "n"));
		assertThat(Wire.written((out) -> new MessageWriter(7).query(out, id, -1, 7, null)))
			.isEqualTo(Wire.hex("03 01 74 02 07 00"));
		assertThat(Wire.written((out) -> new MessageWriter(7).query(out, id, -1, 7, other)))
			.isEqualTo(Wire.hex("03 01 74 02 07 00"));
		assertThat(Wire.written((out) -> new MessageWriter(8).query(out, id, -1, 7, null)))
			.isEqualTo(Wire.hex("09 01 74 02 07 00"));
		assertThat(Wire.written((out) -> new MessageWriter(8).query(out, id, -1, 7, new QueryMetadata(Map.of()))))
			.isEqualTo(Wire.hex("09 01 74 02 07 00"));
	}

	@Test
	void eachVersionHasItsResponse() {
		assertThat(each((writer) -> Wire.written((out) -> writer.okResponse(out, 300, 5))))
			.containsExactlyElementsOf(Stretch.of(1, 6, "02 fe2c01 00").and(7, 11, "08 fe2c01 01 05 00").list());
		assertThat(each((writer) -> Wire.written((out) -> writer.okResponse(out, 1, Menu.NO_RANK))))
			.containsExactlyElementsOf(Stretch.of(1, 6, "02 01 00").and(7, 11, "08 01 00 00").list());
	}

	@Test
	@Tag("R4")
	void eachVersionTellsTheErrorsThatItKnows() {
		String uncaught = "02 01 01 03 01 02 00 ";
		assertThat(errors(new RpcError.AuthorizationFailure(ATOM))).containsExactlyElementsOf(
				Stretch.of(1, 2, uncaught + "15 417574686f72697a6174696f6e5f6661696c757265 00 01 61")
					.and(3, 6, "02 01 01 06 00 01 61")
					.and(7, 11, "08 01 00 01 06 00 01 61")
					.list());
		assertThat(errors(new RpcError.Unknown(ATOM)))
			.containsExactlyElementsOf(Stretch.of(1, 2, uncaught + "07 556e6b6e6f776e 00 01 61")
				.and(3, 6, "02 01 01 08 00 01 61")
				.and(7, 11, "08 01 00 01 08 00 01 61")
				.list());
		assertThat(errors(new RpcError.LiftError(ATOM)))
			.containsExactlyElementsOf(Stretch.of(1, 2, uncaught + "0a 4c6966745f6572726f72 00 01 61")
				.and(3, 4, "02 01 01 08 01 02 00 0a 4c6966745f6572726f72 00 01 61")
				.and(5, 6, "02 01 01 09 00 01 61")
				.and(7, 11, "08 01 00 01 09 00 01 61")
				.list());
		assertThat(errors(new RpcError.BinIo(ATOM))).containsExactlyElementsOf(
				Stretch.of(1, 6, "02 01 01 00 00 01 61").and(7, 11, "08 01 00 01 00 00 01 61").list());
	}

	private static List<String> errors(RpcError error) {
		return each((writer) -> Wire.written((out) -> writer.errorResponse(out, 1, Menu.NO_RANK, error)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	@Tag("R4")
	void aTooBigMessageIsToldAsTheOriginalPrintsIt(int version) {
		byte[] message = Wire.bytes((out) -> new MessageWriter(version).errorResponse(out, 1, Menu.NO_RANK,
				new RpcError.MessageTooBig(3014, 1500)));
		LastMessage.ErrorResponse read = (LastMessage.ErrorResponse) Wire.read(message);
		assertThat(((RpcError.UncaughtException) read.error()).error().toString())
			.isEqualTo("(Message_too_big((size 3014)(max_message_size 1500)))");
	}

	@Test
	@Tag("R4")
	void errorsPrintAsInTheOriginal() {
		assertThat(IntStream.range(0, 10)
			.mapToObj((kind) -> List
				.of(new RpcError.BinIo(ATOM), new RpcError.ConnectionClosed(RpcError.Closer.PEER, "gone", false),
						new RpcError.WriteError(ATOM), new RpcError.UncaughtException(ATOM),
						new RpcError.UnimplementedRpc("tag", 2), new RpcError.UnknownQueryId(7),
						new RpcError.AuthorizationFailure(ATOM), new RpcError.MessageTooBig(2, 1),
						new RpcError.Unknown(ATOM), new RpcError.LiftError(ATOM))
				.get(kind)
				.toSexp()
				.toString()))
			.containsExactly("(Bin_io_exn a)", "Connection_closed", "(Write_error a)", "(Uncaught_exn a)",
					"(Unimplemented_rpc tag(Version 2))", "(Unknown_query_id 7)", "(Authorization_failure a)",
					"(Message_too_big((size 2)(max_message_size 1)))", "(Unknown a)", "(Lift_error a)");
	}

	@Test
	void eachVersionHasItsMetadata() {
		ConnectionMetadata metadata = new ConnectionMetadata(Optional.of(Identification.of("me")),
				Optional.of(Menu.of(List.of(RpcId.of("b", 1), RpcId.of("a", 2)))));
		assertThat(each((writer) -> Wire.written((out) -> writer.metadata(out, metadata))))
			.containsExactlyElementsOf(Stretch.of(1, 2, "none")
				.and(3, 5, "04 01 02 6d65 01 02 01 61 02 03 01 62 01 03")
				.and(6, 11, "07 01 02 6d65 01 02 01 61 02 01 62 01 00")
				.list());
	}

	@Test
	@Tag("R7")
	void eachVersionHasItsReasonForAClose() {
		CloseReason reason = CloseReason.ofUser(Info.of("x"));
		assertThat(each((writer) -> Wire.written((out) -> writer.closeReason(out, reason))))
			.containsExactlyElementsOf(Stretch.of(1, 3, "none")
				.and(4, 9, "05 01 01 78")
				.and(10, 11, "0b 00 0b 556e737065636966696564 00 01 01 01 78")
				.list());
		assertThat(each((writer) -> Wire.written(writer::closeStarted)))
			.containsExactlyElementsOf(Stretch.of(1, 8, "none").and(9, 11, "0a").list());
	}

	@Test
	@Tag("R7")
	void aReasonOfSeveralPartsIsToldAsOne() {
		CloseReason full = new CloseReason(CloseReason.CONNECTION_LIMIT_REACHED, Optional.of(Info.of("d")),
				Optional.of(Info.of("u")));
		assertThat(full.toInfo().toSexp().toString())
			.isEqualTo("(Connection_limit_reached((debug_info d)(user_reason u)))");
		assertThat(new CloseReason(CloseReason.UNSPECIFIED, Optional.empty(), Optional.empty()).toInfo())
			.isEqualTo(Info.of(""));
		assertThat(CloseReason.ofDebug(Info.of("d")).toInfo()).isEqualTo(Info.of("d"));
	}

	@Test
	void everyVersionIsRefusedThatIsNotSpoken() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageWriter(0))
			.withMessage("protocol version: 0 (expected: 1 to 11)");
		assertThatIllegalArgumentException().isThrownBy(() -> new MessageWriter(12));
	}

	@Test
	void aMessageThatAVersionLacksIsNotWritten() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Wire.written((out) -> new MessageWriter(2).metadata(out, ConnectionMetadata.NONE)))
			.withMessage("connection metadata in version 2 of the protocol, which has none");
	}

	private static List<String> each(java.util.function.Function<MessageWriter, String> writing) {
		return IntStream.rangeClosed(ProtocolVersion.LOWEST, ProtocolVersion.HIGHEST).mapToObj((version) -> {
			try {
				return writing.apply(new MessageWriter(version));
			}
			catch (IllegalStateException ex) {
				return "none";
			}
		}).toList();
	}

	/** What stretches of versions write. */
	private static final class Stretch {

		private final List<String> list = new ArrayList<>();

		static Stretch of(int from, int to, String bytes) {
			return new Stretch().and(from, to, bytes);
		}

		Stretch and(int from, int to, String bytes) {
			assertThat(from).isEqualTo(this.list.size() + 1);
			IntStream.rangeClosed(from, to).forEach((version) -> this.list.add(Wire.hex(bytes)));
			return this;
		}

		List<String> list() {
			assertThat(this.list).hasSize(ProtocolVersion.HIGHEST);
			return this.list;
		}

	}

}
