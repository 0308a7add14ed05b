package io.persistentconn.rpc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.persistentconn.rpc.protocol.ProtocolVersion;
import io.persistentconn.rpc.transport.MessageTransport;
import org.jspecify.annotations.Nullable;

/**
 * How to hold an {@link RpcConnection}. Immutable: each {@code with} gives a changed
 * copy. Source: rules R1, R2, R8, R9 and R12.
 */
public final class RpcOptions implements Cloneable {

	/** 100 MiB: the largest message that is sent or received, if not said otherwise. */
	public static final int DEFAULT_MAX_MESSAGE_SIZE = MessageTransport.DEFAULT_MAX_LENGTH;

	/** 65,536: how many calls may be open at a time, if not said otherwise. */
	public static final int DEFAULT_MAX_OPEN_CALLS = 64 * 1024;

	/**
	 * 365 days: the longest time that an answer may be waited for, if there is a limit.
	 */
	public static final Duration LONGEST_CALL_TIMEOUT = Duration.ofDays(365);

	private static final RpcOptions DEFAULTS = new RpcOptions();

	private Implementations implementations = Implementations.none();

	private Duration handshakeTimeout = Duration.ofSeconds(30);

	private Heartbeat heartbeat = Heartbeat.defaults();

	private int maxMessageSize = DEFAULT_MAX_MESSAGE_SIZE;

	private int maxMetadataSize = 1024 * 1024;

	private int maxOpenCalls = DEFAULT_MAX_OPEN_CALLS;

	private int minProtocolVersion = ProtocolVersion.LOWEST;

	private int maxProtocolVersion = ProtocolVersion.HIGHEST;

	private byte @Nullable [] identification;

	private List<RpcInterceptor> interceptors = List.of();

	private Duration callTimeout = Duration.ZERO;

	private ConnectionValidator validator = (peer) -> Optional.empty();

	private RpcOptions() {
	}

	/**
	 * Nothing implemented, and everything as the {@code with}s say.
	 * @return the defaults
	 */
	public static RpcOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Offers RPCs to the peer. Either end of a connection may.
	 * @param implementations what this side answers; by default nothing
	 * @return a changed copy
	 */
	public RpcOptions withImplementations(Implementations implementations) {
		RpcOptions changed = copy();
		changed.implementations = implementations;
		return changed;
	}

	/**
	 * Limits each step of the handshake.
	 * @param timeout positive; 30 seconds by default
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is not positive
	 */
	public RpcOptions withHandshakeTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("handshakeTimeout: " + timeout + " (expected: > 0)");
		}
		RpcOptions changed = copy();
		changed.handshakeTimeout = timeout;
		return changed;
	}

	/**
	 * Says how to notice that the peer is gone.
	 * @param heartbeat {@link Heartbeat#defaults()} by default
	 * @return a changed copy
	 */
	public RpcOptions withHeartbeat(Heartbeat heartbeat) {
		RpcOptions changed = copy();
		changed.heartbeat = heartbeat;
		return changed;
	}

	/**
	 * Limits messages in both directions. One that is too big to be sent fails its call;
	 * one that the peer announces closes the connection.
	 * @param bytes at least 1; {@link #DEFAULT_MAX_MESSAGE_SIZE} by default
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is below 1
	 */
	public RpcOptions withMaxMessageSize(int bytes) {
		RpcOptions changed = copy();
		changed.maxMessageSize = atLeastOne("maxMessageSize", bytes);
		return changed;
	}

	/**
	 * Limits what the peer may send while the handshake goes on, after its header.
	 * @param bytes at least 1; 1 MiB by default
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is below 1
	 */
	public RpcOptions withMaxMetadataSize(int bytes) {
		RpcOptions changed = copy();
		changed.maxMetadataSize = atLeastOne("maxMetadataSize", bytes);
		return changed;
	}

	/**
	 * Limits how many calls may be open in each direction. One more of this side fails;
	 * one more of the peer has to wait, and what the peer sends after it.
	 * @param calls at least 1; {@link #DEFAULT_MAX_OPEN_CALLS} by default
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is below 1
	 */
	public RpcOptions withMaxOpenCalls(int calls) {
		RpcOptions changed = copy();
		changed.maxOpenCalls = atLeastOne("maxOpenCalls", calls);
		return changed;
	}

	/**
	 * Bounds the version of the protocol from above.
	 * @param version {@link ProtocolVersion#LOWEST} to {@link ProtocolVersion#HIGHEST},
	 * which is the default
	 * @return a changed copy
	 * @throws IllegalArgumentException if there is no such version
	 */
	public RpcOptions withMaxProtocolVersion(int version) {
		if (version < ProtocolVersion.LOWEST || version > ProtocolVersion.HIGHEST) {
			throw new IllegalArgumentException("maxProtocolVersion: " + version + " (expected: "
					+ ProtocolVersion.LOWEST + " to " + ProtocolVersion.HIGHEST + ")");
		}
		RpcOptions changed = copy();
		changed.maxProtocolVersion = version;
		return changed;
	}

	/**
	 * Says who this side is, which the peer can see from version 3 of the protocol on.
	 * @param identification none by default
	 * @return a changed copy
	 */
	public RpcOptions withIdentification(String identification) {
		RpcOptions changed = copy();
		changed.identification = identification.getBytes(StandardCharsets.UTF_8);
		return changed;
	}

	/**
	 * Looks at every peer before it is served.
	 * @param validator by default everybody is welcome
	 * @return a changed copy
	 */
	public RpcOptions withValidator(ConnectionValidator validator) {
		RpcOptions changed = copy();
		changed.validator = validator;
		return changed;
	}

	/** Bounds the version from below, as peers do that tests play. */
	RpcOptions withMinProtocolVersion(int version) {
		RpcOptions changed = copy();
		changed.minProtocolVersion = version;
		return changed;
	}

	/**
	 * Shows all calls, of both ends, to interceptors.
	 * @param interceptors in order: the first sees a call first, and its end last; by
	 * default none
	 * @return a changed copy
	 */
	public RpcOptions withInterceptors(List<RpcInterceptor> interceptors) {
		RpcOptions changed = copy();
		changed.interceptors = List.copyOf(interceptors);
		return changed;
	}

	/**
	 * Limits how long the answer of an {@link Rpc} is waited for, from its being sent.
	 * Then the call fails with {@link RpcTimeoutException}, but counts as open until its
	 * answer comes, which is dropped.
	 * @param timeout from zero, which is the default and means no limit, to
	 * {@link #LONGEST_CALL_TIMEOUT}
	 * @return a changed copy
	 * @throws IllegalArgumentException if it is negative or longer
	 */
	public RpcOptions withCallTimeout(Duration timeout) {
		if (timeout.isNegative() || timeout.compareTo(LONGEST_CALL_TIMEOUT) > 0) {
			throw new IllegalArgumentException(
					"callTimeout: " + timeout + " (expected: from zero to " + LONGEST_CALL_TIMEOUT + ")");
		}
		RpcOptions changed = copy();
		changed.callTimeout = timeout;
		return changed;
	}

	List<RpcInterceptor> interceptors() {
		return this.interceptors;
	}

	Duration callTimeout() {
		return this.callTimeout;
	}

	Implementations implementations() {
		return this.implementations;
	}

	Duration handshakeTimeout() {
		return this.handshakeTimeout;
	}

	Heartbeat heartbeat() {
		return this.heartbeat;
	}

	int maxMessageSize() {
		return this.maxMessageSize;
	}

	int maxMetadataSize() {
		return this.maxMetadataSize;
	}

	int maxOpenCalls() {
		return this.maxOpenCalls;
	}

	int minProtocolVersion() {
		return this.minProtocolVersion;
	}

	int maxProtocolVersion() {
		return this.maxProtocolVersion;
	}

	byte @Nullable [] identification() {
		return this.identification;
	}

	ConnectionValidator validator() {
		return this.validator;
	}

	private static int atLeastOne(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
		}
		return value;
	}

	private RpcOptions copy() {
		try {
			return (RpcOptions) clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new AssertionError(ex);
		}
	}

}
