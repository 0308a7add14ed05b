package io.persistentconn.benchmarks;

/**
 * One connection to a server of the same implementation.
 */
interface RpcClient extends AutoCloseable {

	/** How many bytes a call sends and gets back. */
	int CALL_SIZE = 32;

	/** How many bytes a state has that is pushed. */
	int PUSH_SIZE = 1024;

	/**
	 * Calls an echo.
	 * @param outstanding at a time
	 * @param meter counts answers, in one thread, and says whether to call again
	 */
	void call(int outstanding, Meter meter) throws Exception;

	/**
	 * Takes a stream of messages as fast as the server sends them, with whatever pushback
	 * the implementation has.
	 * @param size of a message
	 * @param meter counts messages, in one thread, and says whether to go on
	 */
	void stream(int size, Meter meter) throws Exception;

	/**
	 * Subscribes to one state many times, and lets the server push it to all.
	 * @param subscribers how many, all over this connection
	 * @param meter counts what they get, in one thread, and says whether to go on
	 */
	void push(int subscribers, Meter meter) throws Exception;

	@Override
	void close();

}
