package io.persistentconn.tcp;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;

/**
 * Gives event loops a chance to do what they should not.
 */
final class EventLoops {

	private EventLoops() {
	}

	/**
	 * Waits until every event loop has looked at its sockets several times more: what was
	 * ready before has been dealt with then.
	 */
	static void turn(NettyTransport transport) throws Exception {
		for (int i = 0; i < 5; i++) {
			for (EventExecutor eventLoop : transport.eventLoopGroup()) {
				// An alarm lets the loop look at its sockets first; a task would not.
				eventLoop.schedule(() -> {
				}, 1, TimeUnit.MILLISECONDS).get();
			}
		}
	}

}
