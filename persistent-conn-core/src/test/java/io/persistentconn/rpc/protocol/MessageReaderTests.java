package io.persistentconn.rpc.protocol;

import java.util.Arrays;
import java.util.List;

import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("R4")
class MessageReaderTests {

	@ParameterizedTest
	@CsvSource({ "'', message of 0 bytes (expected: at least 1)", "0d, message of kind 13 (expected: 0 to 12)",
			"ff, message of kind 255 (expected: 0 to 12)", "01 03 7461, query: length: 3",
			"01 00 01 80, query: int: first byte 80", "01 00 01 01 80, query: nat0: first byte 80",
			"03 00 01 01 02, query: option: first byte 2", "03 00 01 01 01 05 61, query: length: 5",
			"09 00 01 01 01 7f, query: length: 127", "0c 02, query: RPC specifier: 2 (expected: 0 or 1)",
			"0c 01 ffff 01 00 00, query: rank: -1 (expected: >= 0)",
			"0c 01 fcffffffff00000000 01 00 00, query: int: 4294967295 (expected: 32 bits)",
			"02 80, response: int: first byte 80", "04 02, metadata of the connection: option: first byte 2",
			"04 00 01 01 01 61 01 04, metadata of the connection: io.persistentconn.rpc.protocol.Digests: unknown constructor 4",
			"07 00 01 fd00000010, metadata of the connection: length", "05 09, close reason: ",
			"0b 02, close reason: " })
	void whatIsNoMessageCostsTheConnection(String message, String reason) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Wire.read(message))
			.withMessageStartingWith(reason);
	}

	@ParameterizedTest
	@CsvSource({ "01 01 61 01 07 02 00, 1", "03 01 61 01 07 00 7f, 0", "09 01 61 01 07 00 fe0100, 0",
			"0c 00 01 61 01 07 00 fd00000001 00, 1", "0c 01 00 07 00 fcffffffffffffff3f 00, 1" })
	void aQueryThatEndsBeforeItsDataCostsThatCall(String message, String remain) {
		LastMessage.MalformedQuery malformed = (LastMessage.MalformedQuery) Wire.read(message);
		assertThat(malformed.queryId()).isEqualTo(7);
		assertThat(malformed.reason()).endsWith("(expected: <= " + remain + ", the bytes that remain)");
	}

	@ParameterizedTest
	@CsvSource({ "02 07 00 02 00, length of data: 2", "08 07 00 00 fcffffffffffffff3f, length of data: ",
			"02 07 00 80, nat0: first byte 80", "02 07 02, result: first byte 2", "02 07, 0 bytes remain",
			"08 07 02 00 00, option: first byte 2", "08 07 01 80, nat0: first byte 80",
			"02 07 01 0a, error: kind 10 (expected: 0 to 9)",
			"02 07 01 00 02, io.persistentconn.binprot.Sexp: unknown constructor 2",
			"02 07 01 04 01 61 f11d8695 00, version", "02 07 01 05 80, int: first byte 80" })
	void aResponseThatCannotBeUnderstoodCostsThatCall(String message, String reason) {
		LastMessage.MalformedResponse malformed = (LastMessage.MalformedResponse) Wire.read(message);
		assertThat(malformed.queryId()).isEqualTo(7);
		assertThat(malformed.reason()).startsWith(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "01 01 61 01 07 01 05", "02 07 00 01 05", "03 01 61 01 07 00 01 05", "04 00 00",
			"05 01 01 78", "06 01 01 78", "07 00 00", "08 07 01 05 00 01 05", "09 01 61 01 07 00 01 05", "0a",
			"0b 00 01 61 00 00", "0c 01 03 07 00 01 05", "02 07 01 01" })
	void bytesBehindAMessageAreIgnored(String message) {
		assertThat(Wire.read(message + "ff00ff")).isEqualTo(Wire.read(message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "01 03 746167 fe1001 fe1001 01 00", "02 fe1001 00 01 00",
			"02 07 01 00 01 02 00 01 61 00 01 62", "02 07 01 04 03 746167 f11d8694 05",
			"03 03 746167 00 07 01 02 6d6d 01 00", "04 01 02 6d65 01 02 01 61 01 03 01 62 01 03",
			"05 06 01 61 00 01 62 01 01 63", "07 01 02 6d65 01 01 01 61 01 01 01 03", "08 07 01 fe1001 00 02 0000",
			"09 01 61 01 07 01 02 00 01 61 05 01 62 02 0000", "0b 00 01 61 01 01 01 62 01 01 01 63",
			"0c 00 01 61 01 07 01 01 05 01 62 02 0000", "0c 01 fe1001 07 00 02 0000" })
	void noPartOfAMessageIsOne(String message) {
		byte[] whole = Wire.bytes(message);
		Object read = Wire.read(whole);
		assertThat(read).isNotInstanceOfAny(LastMessage.MalformedQuery.class, LastMessage.MalformedResponse.class);
		for (int length = 0; length < whole.length; length++) {
			byte[] part = Arrays.copyOf(whole, length);
			Object outcome;
			try {
				outcome = Wire.read(part);
			}
			catch (ProtocolException ex) {
				continue;
			}
			assertThat(outcome).isInstanceOfAny(LastMessage.MalformedQuery.class, LastMessage.MalformedResponse.class);
		}
	}

	@Test
	@Tag("R8")
	void whatNestsTooDeepIsAnErrorLikeAnyOther() {
		String deep = "01 01".repeat(100_000) + "00 00";
		assertThat(Wire.read("02 07 01 00" + deep)).isInstanceOf(LastMessage.MalformedResponse.class);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Wire.read("0b" + deep))
			.withMessageStartingWith("close reason: nested more than");
	}

	@Test
	void dataEndsWithItsLength() {
		assertThat(Wire.read("01 01 61 01 07 02 0506 07"))
			.isEqualTo(new LastMessage.Query(-1, "a", 1, 7, null, "0506"));
		assertThat(Wire.read("02 07 00 02 0506 07")).isEqualTo(new LastMessage.Response(7, "0506"));
	}

	@Test
	@Tag("R1")
	void metadataThatIsNotExpectedIsNotRead() {
		LastMessage handler = new LastMessage().expectingNoMetadata();
		for (String message : List.of("04 00 00", "07 00 00", "07 ff")) {
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> new MessageReader().read(Wire.reader(message), handler))
				.withMessage("metadata of the connection (expected: once, at its beginning)");
		}
		assertThat(handler.message()).isEqualTo("nothing");
	}

	@Test
	void whatAHandlerThrowsIsNotTakenForABadMessage() {
		MessageHandler thrower = new LastMessage() {

			@Override
			public void query(QueryHeader header, BinReader data) {
				throw data.error("by the handler");
			}

			@Override
			public void heartbeat() {
				throw new IllegalStateException("by the handler");
			}

		};
		assertThatExceptionOfType(BinProtException.class)
			.isThrownBy(() -> new MessageReader().read(Wire.reader("01 01 61 01 07 00"), thrower))
			.withMessage("by the handler (at offset 6)");
		assertThatIllegalStateException().isThrownBy(() -> new MessageReader().read(Wire.reader("00"), thrower));
	}

	@Test
	void namesThatAreNotUtf8AreRead() {
		assertThat(Wire.read("01 02 61ff 01 07 00")).isEqualTo(new LastMessage.Query(-1, "a\ufffd", 1, 7, null, ""));
		assertThat(Wire.read("02 07 01 04 02 61ff f11d8694 01"))
			.isEqualTo(new LastMessage.ErrorResponse(7, new RpcError.UnimplementedRpc("a\ufffd", 1)));
	}

}
