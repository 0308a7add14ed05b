package io.persistentconn.rpc.protocol;

import java.util.SplittableRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("R1")
class RoundTripTests {

	private static final int MESSAGES = 3000;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })
	void whatIsWrittenIsRead(int version) {
		RandomMessage messages = new RandomMessage(new SplittableRandom(version));
		MessageWriter writer = new MessageWriter(version);
		MessageReader reader = new MessageReader();
		BinReader in = new BinReader();
		LastMessage last = new LastMessage();
		ByteBuf out = Unpooled.buffer();
		for (int i = 0; i < MESSAGES; i++) {
			out.clear();
			out.writeZero(i % 10);
			Object written = messages.write(writer, out);
			reader.read(in.reset(out, i % 10, out.writerIndex()), last);
			assertThat(last.message()).isEqualTo(written);
		}
	}

}
