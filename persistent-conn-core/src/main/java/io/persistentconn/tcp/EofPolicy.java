package io.persistentconn.tcp;

/**
 * What a connection does when its peer will send no more.
 */
enum EofPolicy {

	/** Flush what is pending, then close: a client. */
	CLOSE,

	/** Stay half-open, for the handler may still have much to write: a server. */
	STAY_HALF_OPEN

}
