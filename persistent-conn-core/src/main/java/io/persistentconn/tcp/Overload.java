package io.persistentconn.tcp;

/**
 * What a server does with further clients while it has as many as it may. Source: rules
 * T7 and T8.
 */
public enum Overload {

	/**
	 * It does not accept them: they wait in the backlog of the operating system until a
	 * place is free.
	 */
	HOLD,

	/**
	 * It accepts them and closes them at once, so that they see it and can go elsewhere.
	 */
	REJECT

}
