package io.persistentconn.rpc.protocol;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queries, answers and updates are written, read and found without allocating.
 */
class AllocationTests {

	private static final RpcId ID = RpcId.of("an-rpc-of-usual-length", 1);

	private static final int WARM_UP = 1_000;

	private static final int ROUNDS = 100_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final ByteBuf buffer = Unpooled.buffer(256);

	private final BinReader in = new BinReader();

	private final MessageReader reader = new MessageReader();

	private final Counting handler = new Counting();

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 11 })
	void theHotPathAllocatesNothing(int version) {
		MessageWriter writer = new MessageWriter(version);
		for (int i = 0; i < WARM_UP; i++) {
			round(writer);
		}
		long before = this.threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < ROUNDS; i++) {
			round(writer);
		}
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).isLessThan(ROUNDS);
		assertThat(this.handler.queries).isEqualTo(WARM_UP + ROUNDS);
		assertThat(this.handler.responses).isEqualTo(2 * (WARM_UP + ROUNDS));
	}

	private void round(MessageWriter writer) {
		writer.query(this.buffer.clear(), ID, 0, 100_000, null);
		MessageWriter.payload(this.buffer, BinCodecs.UNIT, Unit.UNIT);
		read();
		writer.okResponse(this.buffer.clear(), 100_000, 0);
		MessageWriter.payload(this.buffer, BinCodecs.UNIT, Unit.UNIT);
		read();
		writer.okResponse(this.buffer.clear(), 100_000, 0);
		StreamData.writeUpdate(this.buffer, BinCodecs.UNIT, Unit.UNIT);
		read();
		writer.heartbeat(this.buffer.clear());
		read();
	}

	private void read() {
		this.reader.read(this.in.reset(this.buffer, 0, this.buffer.writerIndex()), this.handler);
	}

	private static final class Counting extends LastMessage {

		private final RpcTable<String> table = RpcTable.of(Map.of(ID, "found", RpcId.of("other", 1), "other"),
				Menu.of(List.of(ID)));

		private int queries;

		private int responses;

		@Override
		public void query(QueryHeader header, BinReader data) {
			if ("found".equals(this.table.get(header)) && data.remaining() == 1) {
				this.queries++;
			}
		}

		@Override
		public void malformedQuery(QueryHeader header, BinProtException error) {
			throw error;
		}

		@Override
		public void response(long queryId, BinReader data) {
			if (data.remaining() == 1 || StreamData.readUpdate(data)) {
				this.responses++;
			}
		}

		@Override
		public void malformedResponse(long queryId, BinProtException error) {
			throw error;
		}

	}

}
