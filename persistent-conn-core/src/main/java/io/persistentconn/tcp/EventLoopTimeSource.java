package io.persistentconn.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;

/**
 * A Netty event loop as the owner of a state machine: tasks and alarms run on the loop,
 * and its {@linkplain EventExecutor#ticker() ticker} is the clock. With a ticker that
 * tests move by hand, {@link #instant()} follows it from {@link Instant#EPOCH}.
 * <p>
 * Two time sources of one loop are equal.
 *
 * @param eventLoop the loop
 */
public record EventLoopTimeSource(EventExecutor eventLoop) implements TimeSource {

	@Override
	public long nanoTime() {
		return this.eventLoop.ticker().nanoTime();
	}

	@Override
	public Instant instant() {
		Ticker ticker = this.eventLoop.ticker();
		return (ticker == Ticker.systemTicker()) ? Instant.now() : Instant.EPOCH.plusNanos(ticker.nanoTime());
	}

	@Override
	public void execute(Runnable task) {
		this.eventLoop.execute(task);
	}

	@Override
	public Cancellable schedule(Duration delay, Runnable task) {
		Future<?> alarm = this.eventLoop.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
		return () -> alarm.cancel(false);
	}

	@Override
	public boolean inOwner() {
		return this.eventLoop.inEventLoop();
	}

}
