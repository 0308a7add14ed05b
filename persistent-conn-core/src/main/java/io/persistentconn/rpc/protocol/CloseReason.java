package io.persistentconn.rpc.protocol;

import java.util.Optional;
import java.util.stream.Stream;

import io.persistentconn.binprot.Info;
import io.persistentconn.binprot.Sexp;

/**
 * Why a side closes a connection, told to the other. Up to version 9 it is told as one
 * {@link #toInfo()}.
 *
 * @param kind one of those here, or another that the peer knows
 * @param debug what the library says
 * @param userReason what the application says
 */
public record CloseReason(Sexp kind, Optional<Info> debug, Optional<Info> userReason) {

	/** The kind that says nothing. */
	public static final Sexp UNSPECIFIED = Sexp.of("Unspecified");

	/** The kind of a server that has as many connections as it takes. */
	public static final Sexp CONNECTION_LIMIT_REACHED = Sexp.of("Connection_limit_reached");

	/** The kind of a side that does not want this peer. */
	public static final Sexp CONNECTION_VALIDATION_FAILED = Sexp.of("Connection_validation_failed");

	/**
	 * Creates the reason of an application, of unspecified kind.
	 * @param reason what it says
	 * @return the reason
	 */
	public static CloseReason ofUser(Info reason) {
		return new CloseReason(UNSPECIFIED, Optional.empty(), Optional.of(reason));
	}

	/**
	 * Creates the reason of the library, of unspecified kind.
	 * @param debug what it says
	 * @return the reason
	 */
	public static CloseReason ofDebug(Info debug) {
		return new CloseReason(UNSPECIFIED, Optional.of(debug), Optional.empty());
	}

	/**
	 * All of it in one: what the versions 4 to 9 send, and what people read.
	 * @return the one part that says something, or else a value with all that do
	 */
	public Info toInfo() {
		Info body = body();
		return this.kind.equals(UNSPECIFIED) ? body : new Info.Value(Sexp.of(this.kind, body.toSexp()));
	}

	private Info body() {
		if (this.debug.isPresent() && this.userReason.isPresent()) {
			return new Info.Value(
					Sexp.of(named("debug_info", this.debug.get()), named("user_reason", this.userReason.get())));
		}
		return Stream.of(this.debug, this.userReason).flatMap(Optional::stream).findFirst().orElse(Info.of(""));
	}

	private static Sexp named(String name, Info info) {
		return Sexp.of(Sexp.of(name), info.toSexp());
	}

}
