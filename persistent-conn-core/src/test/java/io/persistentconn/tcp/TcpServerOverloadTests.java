package io.persistentconn.tcp;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T8")
@ParameterizedClass
@EnumSource
class TcpServerOverloadTests extends ServerTestCase {

	@Test
	void droppedClientsSeeThatTheyAreWhileTheOthersStay() throws Exception {
		this.server = this.builder.startSock(TestHandlers.echo()).join();
		assertThat(this.server.isDroppingIncomingConnections()).isFalse();
		try (PlainClient existing = connect()) {
			existing.send("before").receive(6);
			this.server.setDropIncomingConnections(true);
			assertThat(this.server.isDroppingIncomingConnections()).isTrue();
			for (int i = 0; i < 3; i++) {
				try (PlainClient dropped = connect()) {
					assertThat(dropped.receiveToEnd()).isEmpty();
				}
			}
			assertThat(existing.send("after").receive(5)).isEqualTo("after");
			assertThat(this.server.numConnections()).isOne();
			assertThat(this.server.counters()).isEqualTo(new TcpServerCounters(1, 3, 0, 0, 0));
			this.server.setDropIncomingConnections(false);
			try (PlainClient next = connect()) {
				assertThat(next.send("hello").receive(5)).isEqualTo("hello");
			}
		}
	}

	@Test
	void aServerMayBeginWithDropping() throws Exception {
		this.server = this.builder.dropIncomingConnections(true).startSock(TestHandlers.echo()).join();
		try (PlainClient dropped = connect()) {
			assertThat(dropped.receiveToEnd()).isEmpty();
		}
		this.server.setDropIncomingConnections(false);
		try (PlainClient next = connect()) {
			assertThat(next.send("hello").receive(5)).isEqualTo("hello");
		}
	}

	@Test
	void heldClientsWaitForAPlace() throws Exception {
		this.server = this.builder.maxConnections(1).startSock(TestHandlers.echo()).join();
		try (PlainClient first = connect(); PlainClient held = connect()) {
			first.send("hello").receive(5);
			held.send("hello");
			EventLoops.turn(this.transport);
			this.server.setDropIncomingConnections(true);
			EventLoops.turn(this.transport);
			this.server.setDropIncomingConnections(false);
			assertThat(this.server.counters()).isEqualTo(new TcpServerCounters(1, 0, 0, 1, 0));
			first.disconnect();
			assertThat(held.receive(5)).isEqualTo("hello");
		}
	}

	@Test
	void rejectedClientsSeeItAndAPlaceThatIsFreeIsGivenAway() throws Exception {
		this.server = this.builder.maxConnections(2)
			.maxAcceptsPerBatch(4)
			.overload(Overload.REJECT)
			.startSock(TestHandlers.echo())
			.join();
		for (int round = 1; round <= 3; round++) {
			try (PlainClient first = connect(); PlainClient second = connect()) {
				first.send("hello").receive(5);
				second.send("hello").receive(5);
				for (int i = 0; i < 4; i++) {
					try (PlainClient rejected = connect()) {
						assertThat(rejected.receiveToEnd()).isEmpty();
					}
				}
				assertThat(this.server.numConnections()).isEqualTo(2);
				assertThat(this.server.counters())
					.isEqualTo(new TcpServerCounters(2L * round, 4L * round, 0, round, 0));
			}
			awaitConnections(0);
		}
	}

}
