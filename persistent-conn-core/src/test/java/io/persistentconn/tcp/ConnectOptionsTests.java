package io.persistentconn.tcp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectOptionsTests {

	private final ConnectOptions options = ConnectOptions.defaults();

	@Test
	@Tag("T2")
	void defaultsAreThoseOfTheRules() {
		assertThat(this.options.timeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(this.options.readerBufferSize()).isEqualTo(65536);
		assertThat(this.options.writerBufferSize()).isEqualTo(131072);
		assertThat(this.options.bufferAgeLimit().atMost()).isEqualTo(Duration.ofMinutes(2));
		assertThat(this.options.channel()).isNull();
		assertThat(this.options.interrupt()).isNull();
		assertThat(this.options.timeSource()).isNull();
		assertThat(this.options.sslContext()).isNull();
		assertThat(this.options.liveness()).isEqualTo(Liveness.none());
	}

	@Test
	@Tag("T2")
	void changingOneValueChangesNeitherTheOthersNorTheOriginal() {
		ConnectOptions changed = this.options.withTimeout(Duration.ofSeconds(1)).withReaderBufferSize(7);
		assertThat(changed.timeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(changed.readerBufferSize()).isEqualTo(7);
		assertThat(changed.writerBufferSize()).isEqualTo(131072);
		assertThat(this.options.timeout()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	@Tag("T12")
	void badValuesAreNamedWithWhatWasExpected() throws Exception {
		refused(() -> this.options.withTimeout(Duration.ZERO), "timeout: PT0S (expected: > 0, at most 100 years)");
		refused(() -> this.options.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
				"(expected: > 0, at most 100 years)");
		refused(() -> this.options.withReaderBufferSize(0), "readerBufferSize: 0 (expected: >= 1)");
		refused(() -> this.options.withWriterBufferSize(-1), "writerBufferSize: -1 (expected: >= 1)");
		refused(() -> BufferAgeLimit.atMost(Duration.ofSeconds(-1)), "bufferAgeLimit: PT-1S (expected: > 0");
		refused(() -> WhereToConnect.hostAndPort("h", 0), "port: 0 (expected: 1 to 65535)");
		refused(() -> WhereToConnect.hostAndPort("h", 65536), "port: 65536 (expected: 0 to 65535)");
		refused(() -> WhereToConnect.inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
				"port: 0 (expected: 1 to 65535)");
		refused(() -> Liveness.none().withUserTimeout(Duration.ZERO), "userTimeout: PT0S (expected: 1 to ");
		refused(() -> Liveness.none().withReadIdleTimeout(Duration.ZERO), "readIdleTimeout: PT0S (expected: > 0");
		refused(() -> Liveness.none().withKeepAlive(Duration.ofMillis(1500), Duration.ofSeconds(1), 1),
				"keepAlive.idle: PT1.5S (expected: 1 to 32767 whole seconds)");
		refused(() -> Liveness.none().withKeepAlive(Duration.ofSeconds(1), Duration.ofSeconds(32768), 1),
				"keepAlive.interval: PT9H6M8S (expected: 1 to 32767 whole seconds)");
		refused(() -> Liveness.none().withKeepAlive(Duration.ofSeconds(1), Duration.ofSeconds(1), 128),
				"keepAlive.count: 128 (expected: 1 to 127)");
	}

	@Test
	@Tag("T1")
	void placesSayWhatTheyAreAndSurviveSerialization() throws Exception {
		WhereToConnect<InetSocketAddress> unresolved = WhereToConnect
			.inet(InetSocketAddress.createUnresolved("peer.example", 7));
		assertThat(unresolved).isEqualTo(WhereToConnect.hostAndPort("peer.example", 7)).hasToString("peer.example:7");
		InetSocketAddress local = new InetSocketAddress(InetAddress.getByAddress(new byte[] { 10, 0, 0, 1 }), 0);
		assertThat(unresolved.bindTo(local)).hasToString("peer.example:7 from /10.0.0.1:0");
		assertThat(WhereToConnect.unix(Path.of("/run/s.sock"))).hasToString("unix:/run/s.sock");
		ConnectInterruptedException error = new ConnectInterruptedException(unresolved, "testing");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(error);
		Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
		assertThat(((ConnectFailedException) copy).whereToConnect()).isEqualTo(unresolved);
	}

	private static void refused(ThrowingCallable call, String message) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
	}

}
