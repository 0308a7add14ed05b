package io.persistentconn.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;

/**
 * One event loop with real sockets, driven by the calling thread, whose clock stands
 * still until it is told to move.
 */
final class FrozenTime implements AutoCloseable {

	private final MockTicker ticker = Ticker.newMockTicker();

	private final ManualIoEventLoop eventLoop;

	private final NettyTransport transport;

	FrozenTime(ServerKind kind) {
		IoHandlerFactory handler = kind.isNio() ? NioIoHandler.newFactory() : EpollIoHandler.newFactory();
		this.eventLoop = new ManualIoEventLoop(null, Thread.currentThread(), handler, this.ticker);
		this.transport = NettyTransport.over(this.eventLoop);
	}

	NettyTransport transport() {
		return this.transport;
	}

	/** Does all that can be done without time passing. */
	void run() {
		for (int idle = 0; idle < 3; idle++) {
			if (this.eventLoop.runNow() > 0) {
				idle = 0;
			}
		}
	}

	/** Lets time pass in one step. */
	void advance(Duration duration) {
		this.ticker.advance(duration.toNanos(), TimeUnit.NANOSECONDS);
		run();
	}

	/** Waits for what the operating system does in its own time. */
	void runUntil(BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			run();
			Thread.onSpinWait();
		}
	}

	<T> T get(CompletableFuture<T> future) {
		runUntil(future::isDone);
		return future.join();
	}

	@Override
	public void close() {
		this.eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		while (!this.eventLoop.isTerminated()) {
			advance(Duration.ofSeconds(1));
		}
	}

}
