package io.persistentconn.tcp;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

import io.persistentconn.concurrent.NonBlockingThread;

/**
 * Makes the threads of event loops: daemons that refuse to wait.
 */
final class EventLoopThreads extends DefaultThreadFactory {

	EventLoopThreads(String namePrefix) {
		super(namePrefix, true);
	}

	@Override
	protected Thread newThread(Runnable task, String name) {
		return new EventLoopThread(this.threadGroup, task, name);
	}

	private static final class EventLoopThread extends FastThreadLocalThread implements NonBlockingThread {

		EventLoopThread(ThreadGroup group, Runnable task, String name) {
			super(group, task, name);
		}

	}

}
