package io.persistentconn.connection;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says, and that it says it once: C16.
 */
class LogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(PersistentConnection.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
	}

	@Test
	@Tag("C16")
	void anOutageIsOneLineAtItsBeginningAndOneAtItsEnd() {
		Scenario scenario = new Scenario().start();
		scenario.refuse("refused");
		scenario.advanceSeconds(60);
		scenario.lastConnection().die(new IllegalStateException("reset"));
		scenario.advanceSeconds(3_590);
		scenario.accept();
		scenario.advanceSeconds(10);
		assertThat(lines()).containsExactly("INFO test: connected to a",
				"WARN test: lost the connection to a after PT1M: java.lang.IllegalStateException: reset",
				"WARN test: cannot connect to a: java.lang.IllegalStateException: refused; next attempt in PT10S",
				"INFO test: connected to a after 360 failed attempt(s) in PT1H");
	}

	@Test
	@Tag("C16")
	void aDifferentFailureIsAnotherLineAndTheSameOnesAreAtDebug() {
		this.logger.setLevel(Level.DEBUG);
		Scenario scenario = new Scenario();
		scenario.refuse("refused");
		scenario.start();
		scenario.advanceSeconds(20);
		scenario.refuse("no route");
		scenario.advanceSeconds(10);
		assertThat(lines()).filteredOn((line) -> line.startsWith("WARN")).hasSize(2);
		assertThat(lines()).filteredOn((line) -> line.startsWith("DEBUG"))
			.first()
			.isEqualTo("DEBUG test: attempt 1 to connect to a failed");
		assertThat(lines()).filteredOn((line) -> line.startsWith("DEBUG")).hasSize(4);
	}

	@Test
	@Tag("C16")
	void closingIsNotALoss() {
		Scenario scenario = new Scenario().start();
		scenario.advanceSeconds(5);
		scenario.connection.closeAsync();
		scenario.time.run();
		assertThat(lines()).containsExactly("INFO test: connected to a",
				"INFO test: closed the connection to a after PT5S");
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.toList();
	}

}
