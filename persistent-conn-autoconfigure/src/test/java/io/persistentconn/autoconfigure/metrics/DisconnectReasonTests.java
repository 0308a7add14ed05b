package io.persistentconn.autoconfigure.metrics;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DisconnectReasonTests {

	@Test
	void whatThisSideClosedHasNoError() {
		assertThat(DisconnectReason.of(null).tag()).isEqualTo("closed");
	}

	@Test
	void whatIsUnknownIsAnError() {
		assertThat(DisconnectReason.of(new IOException("?")).tag()).isEqualTo("error");
	}

}
