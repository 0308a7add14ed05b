package io.persistentconn.tcp;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.ThreadAwareExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Event loops that close every channel when they shut down. Netty's close those that are
 * registered when they look for sockets the next time; but a loop that is told in the
 * middle of a task does not look again, and a channel that a task registers after it
 * looked is never seen: both stay open, their peers waiting, when the loop has ended.
 */
final class ClosingEventLoops extends MultiThreadIoEventLoopGroup {

	ClosingEventLoops(int threads, ThreadFactory threadFactory, IoHandlerFactory ioHandlerFactory) {
		super(threads, threadFactory, ioHandlerFactory);
	}

	@Override
	protected IoEventLoop newChild(Executor executor, IoHandlerFactory ioHandlerFactory, Object... args) {
		return new ClosingEventLoop(this, executor, new RememberingFactory(ioHandlerFactory));
	}

	private static final class ClosingEventLoop extends SingleThreadIoEventLoop {

		private final RememberingFactory factory;

		ClosingEventLoop(IoEventLoopGroup parent, Executor executor, RememberingFactory factory) {
			super(parent, executor, factory);
			this.factory = factory;
		}

		@Override
		protected boolean confirmShutdown() {
			boolean confirmed = super.confirmShutdown();
			IoHandler handler = this.factory.handler;
			if (confirmed && handler != null) {
				// What closing leaves to do is done when Netty asks the next time.
				handler.prepareToDestroy();
			}
			return confirmed;
		}

	}

	/** Makes what drives one event loop, and knows it. */
	private static final class RememberingFactory implements IoHandlerFactory {

		private final IoHandlerFactory delegate;

		private @Nullable IoHandler handler;

		RememberingFactory(IoHandlerFactory delegate) {
			this.delegate = delegate;
		}

		@Override
		public IoHandler newHandler(ThreadAwareExecutor eventLoop) {
			this.handler = this.delegate.newHandler(eventLoop);
			return this.handler;
		}

		@Override
		public boolean isChangingThreadSupported() {
			return this.delegate.isChangingThreadSupported();
		}

	}

}
