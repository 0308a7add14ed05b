package io.persistentconn.tcp;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * How to connect. Immutable: each {@code with} method returns another value.
 * <p>
 * Source: {@code with_connect_options} of the seed on TCP, rules T2, T4 and T13.
 */
public final class ConnectOptions {

	/** Ten seconds. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final ConnectOptions DEFAULTS = new ConnectOptions(new Values());

	private final Values values;

	private ConnectOptions(Values values) {
		this.values = values;
	}

	/**
	 * The defaults.
	 * @return options to start from
	 */
	public static ConnectOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Uses a socket of the caller's.
	 * @param channel gives an unconnected, unregistered channel of the client's
	 * transport, once per connect. It belongs to the client from then on, which closes it
	 * if connecting fails. No options are set on it but those of {@link #liveness()}.
	 * Only the first address that a host name resolves to is tried, for a socket whose
	 * connect failed cannot be used again
	 * @return options with this socket; the default is a new one
	 */
	public ConnectOptions withChannel(Supplier<? extends Channel> channel) {
		Values changed = this.values.copy();
		changed.channel = channel;
		return new ConnectOptions(changed);
	}

	/**
	 * Aborts the attempt when a stage completes.
	 * @param interrupt the stage; that it completes exceptionally, or after the
	 * connection was made, makes no difference to it. A stage that outlives many attempts
	 * holds a few words for each
	 * @return options with this interrupt; the default is none
	 */
	public ConnectOptions withInterrupt(CompletionStage<?> interrupt) {
		Values changed = this.values.copy();
		changed.interrupt = interrupt;
		return new ConnectOptions(changed);
	}

	/**
	 * Bounds the whole attempt: name resolution, all addresses and the TLS handshake.
	 * @param timeout the bound
	 * @return options with this timeout; the default is {@link #DEFAULT_TIMEOUT}
	 * @throws IllegalArgumentException if it is not positive
	 */
	public ConnectOptions withTimeout(Duration timeout) {
		Values changed = this.values.copy();
		changed.timeout = Checks.positive("timeout", timeout);
		return new ConnectOptions(changed);
	}

	/**
	 * Bounds how many bytes are received before they are asked for.
	 * @param bytes above so many unread bytes the connection stops reading; one receive
	 * (up to 64 KiB) may go beyond
	 * @return options with this size; the default is 64 KiB
	 * @throws IllegalArgumentException if it is below 1
	 */
	public ConnectOptions withReaderBufferSize(int bytes) {
		Values changed = this.values.copy();
		changed.readerBufferSize = Checks.atLeastOne("readerBufferSize", bytes);
		return new ConnectOptions(changed);
	}

	/**
	 * Sets when a writer is backed up, and the most that is gathered into one write.
	 * @param bytes see {@link TcpWriter#isBackedUp()}
	 * @return options with this size; the default is 128 KiB
	 * @throws IllegalArgumentException if it is below 1
	 */
	public ConnectOptions withWriterBufferSize(int bytes) {
		Values changed = this.values.copy();
		changed.writerBufferSize = Checks.atLeastOne("writerBufferSize", bytes);
		return new ConnectOptions(changed);
	}

	/**
	 * Bounds how long written bytes may wait for the OS to take them.
	 * @param limit the bound
	 * @return options with this limit; the default is {@link BufferAgeLimit#DEFAULT}
	 */
	public ConnectOptions withBufferAgeLimit(BufferAgeLimit limit) {
		Values changed = this.values.copy();
		changed.bufferAgeLimit = limit;
		return new ConnectOptions(changed);
	}

	/**
	 * Sets the clock of the timeout and of the connection's limits.
	 * @param timeSource the clock
	 * @return options with this clock; the default is the channel's event loop
	 */
	public ConnectOptions withTimeSource(TimeSource timeSource) {
		Values changed = this.values.copy();
		changed.timeSource = timeSource;
		return new ConnectOptions(changed);
	}

	/**
	 * Encrypts the connection. The handshake is part of connecting. For a host or inet
	 * address, the server's certificate must be for that name, unless the context was
	 * made with {@code endpointIdentificationAlgorithm("")}.
	 * @param sslContext made with {@code SslContextBuilder.forClient()}
	 * @return options with TLS; the default is without
	 * @throws IllegalArgumentException if the context is for servers
	 */
	public ConnectOptions withSsl(SslContext sslContext) {
		if (!sslContext.isClient()) {
			throw new IllegalArgumentException("sslContext: for servers (expected: for clients)");
		}
		Values changed = this.values.copy();
		changed.sslContext = sslContext;
		return new ConnectOptions(changed);
	}

	/**
	 * Sets how a vanished peer is noticed.
	 * @param liveness which of the means to use
	 * @return options with these; the default is {@link Liveness#none()}
	 */
	public ConnectOptions withLiveness(Liveness liveness) {
		Values changed = this.values.copy();
		changed.liveness = liveness;
		return new ConnectOptions(changed);
	}

	/**
	 * See {@link #withChannel}.
	 * @return gives the socket, or {@code null} for a new one
	 */
	public @Nullable Supplier<? extends Channel> channel() {
		return this.values.channel;
	}

	/**
	 * See {@link #withInterrupt}.
	 * @return the stage, or {@code null}
	 */
	public @Nullable CompletionStage<?> interrupt() {
		return this.values.interrupt;
	}

	/**
	 * See {@link #withTimeout}.
	 * @return the timeout
	 */
	public Duration timeout() {
		return this.values.timeout;
	}

	/**
	 * See {@link #withReaderBufferSize}.
	 * @return the size in bytes
	 */
	public int readerBufferSize() {
		return this.values.readerBufferSize;
	}

	/**
	 * See {@link #withWriterBufferSize}.
	 * @return the size in bytes
	 */
	public int writerBufferSize() {
		return this.values.writerBufferSize;
	}

	/**
	 * See {@link #withBufferAgeLimit}.
	 * @return the limit
	 */
	public BufferAgeLimit bufferAgeLimit() {
		return this.values.bufferAgeLimit;
	}

	/**
	 * See {@link #withTimeSource}.
	 * @return the clock, or {@code null} for the channel's event loop
	 */
	public @Nullable TimeSource timeSource() {
		return this.values.timeSource;
	}

	/**
	 * See {@link #withSsl}.
	 * @return the context, or {@code null} for a plain connection
	 */
	public @Nullable SslContext sslContext() {
		return this.values.sslContext;
	}

	/**
	 * See {@link #withLiveness}.
	 * @return which means are used
	 */
	public Liveness liveness() {
		return this.values.liveness;
	}

	ConnectionSettings connectionSettings() {
		return new ConnectionSettings(readerBufferSize(), writerBufferSize(), bufferAgeLimit(), timeSource(),
				liveness());
	}

	private static final class Values implements Cloneable {

		private @Nullable Supplier<? extends Channel> channel;

		private @Nullable CompletionStage<?> interrupt;

		private Duration timeout = DEFAULT_TIMEOUT;

		private int readerBufferSize = ConnectionSettings.DEFAULT_READER_BUFFER_SIZE;

		private int writerBufferSize = ConnectionSettings.DEFAULT_WRITER_BUFFER_SIZE;

		private BufferAgeLimit bufferAgeLimit = BufferAgeLimit.DEFAULT;

		private @Nullable TimeSource timeSource;

		private @Nullable SslContext sslContext;

		private Liveness liveness = Liveness.none();

		Values copy() {
			try {
				return (Values) clone();
			}
			catch (CloneNotSupportedException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
