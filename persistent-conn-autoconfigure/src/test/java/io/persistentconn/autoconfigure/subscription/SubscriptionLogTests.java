package io.persistentconn.autoconfigure.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.persistentconn.durable.SubscriptionStatus;
import io.persistentconn.durable.SubscriptionStatus.Phase;
import io.persistentconn.rpc.RpcException;
import io.persistentconn.rpc.protocol.RpcError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories of one subscription, and the lines that they leave.
 */
@Tag("C16")
class SubscriptionLogTests {

	private final RpcException connectionClosed = new RpcException("book v1",
			new RpcError.ConnectionClosed(RpcError.Closer.PEER, "gone", true), null);

	private final Logger logger = (Logger) LoggerFactory.getLogger(SubscriptionLog.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private boolean connected = true;

	private final SubscriptionLog log = new SubscriptionLog("book", "book v1 over quotes", () -> this.connected);

	private SubscriptionStatus status = new SubscriptionStatus(Phase.CONNECTING, Instant.EPOCH, 0, 0, 0, 0,
			Optional.empty());

	@BeforeEach
	void listen() {
		// As where the log is that of the application, whatever other tests did to it.
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	@Test
	void aLossAndARecoveryAreALineEachWhateverTheAttempts() {
		established();
		lost(this.connectionClosed);
		this.connected = false;
		failed(new IllegalStateException("refused"));
		failed(new IllegalStateException("refused"));
		failed(new IllegalStateException("unknown host"));
		this.connected = true;
		established();
		assertLines("subscribed to book v1 over quotes", "lost after PT", "recovered after PT");
	}

	@Test
	void whatTheServerSaysIsALineWheneverItChanges() {
		established();
		lost(null);
		failed(new IllegalStateException("rejected: no book"));
		failed(new IllegalStateException("rejected: no book"));
		failed(new IllegalStateException("rejected: closed for today"));
		this.connected = false;
		failed(new IllegalStateException("refused"));
		this.connected = true;
		failed(this.connectionClosed);
		failed(new IllegalStateException("rejected: closed for today"));
		established();
		lost(null);
		failed(new IllegalStateException("rejected: closed for today"));
		assertLines("subscribed to", "lost after",
				"cannot subscribe to book v1 over quotes yet: java.lang.Illegal" + "StateException: rejected: no book",
				"rejected: closed for today", "recovered after", "lost after", "rejected: closed for today");
	}

	@Test
	void theFirstFailureIsALineWhateverItIs() {
		this.connected = false;
		failed(new IllegalStateException("refused"));
		failed(new IllegalStateException("unknown host"));
		this.connected = true;
		failed(new IllegalStateException("rejected"));
		failed(new IllegalStateException("rejected"));
		established();
		assertLines("yet: java.lang.IllegalStateException: refused", "yet: java.lang.IllegalStateException: rejected",
				"subscribed to");
	}

	private void established() {
		change(new SubscriptionStatus(Phase.ESTABLISHED, now(), 0, 0, 0, 0, Optional.empty()));
	}

	private void lost(Throwable reason) {
		change(new SubscriptionStatus(Phase.RECOVERING, now(), 0, 0, 0, 0, Optional.ofNullable(reason)));
	}

	private void failed(Throwable error) {
		change(new SubscriptionStatus(this.status.phase(), this.status.since(), 0, 0, 0,
				this.status.failuresInARow() + 1, Optional.of(error)));
	}

	private Instant now() {
		return this.status.since().plusSeconds(1);
	}

	private void change(SubscriptionStatus next) {
		this.log.changed(this.status, next);
		this.status = next;
	}

	private void assertLines(String... expected) {
		List<String> said = this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		assertThat(said).hasSameSizeAs(expected);
		for (int i = 0; i < expected.length; i++) {
			assertThat(said.get(i)).startsWith("Subscription book: ").contains(expected[i]);
		}
	}

}
