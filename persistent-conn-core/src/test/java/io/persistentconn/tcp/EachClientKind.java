package io.persistentconn.tcp;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the tests of a subclass with clients on NIO and epoll, inet and unix sockets.
 */
@ParameterizedClass
@EnumSource(ServerKind.class)
@Timeout(120)
public abstract class EachClientKind {

	@Parameter
	protected ServerKind kind;

	@TempDir
	protected Path directory;

	protected Loopback loopback;

	@BeforeEach
	void openLoopback() throws IOException {
		this.loopback = new Loopback(this.kind, this.directory);
	}

	@AfterEach
	void closeLoopback() throws IOException {
		if (this.loopback != null) {
			this.loopback.close();
		}
	}

}
