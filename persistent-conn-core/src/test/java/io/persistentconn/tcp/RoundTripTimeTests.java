package io.persistentconn.tcp;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripTimeTests extends EachClientKind {

	@Test
	void itIsKnownOfEpollOverTcpWhileTheConnectionIsOpen() throws IOException {
		TcpConnection<?> connection = this.loopback.connect();
		if (this.kind == ServerKind.EPOLL_INET) {
			assertThat(connection.roundTripTime()).hasValueSatisfying(
					(time) -> assertThat(time).isBetween(Duration.ofNanos(1000), Duration.ofMinutes(1)));
		}
		else {
			assertThat(connection.roundTripTime()).isEmpty();
		}
		connection.closeByForce().join();
		assertThat(connection.roundTripTime()).isEmpty();
	}

}
