package io.persistentconn.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: resolve the name, try each address in turn, establish what was
 * asked for; all within one timeout. Every address but the last gets an equal share of
 * the time that is left, so that one that does not answer cannot use it up.
 * <p>
 * The owner is the event loop of the channel to be.
 *
 * @param <C> what is to be established
 */
final class ConnectAttempt<C> {

	private final NettyTransport transport;

	private final WhereToConnect<?> where;

	private final ConnectOptions options;

	private final AddressLookup lookup;

	private final Function<Channel, CompletableFuture<C>> establish;

	private final EventLoop eventLoop;

	private final TimeSource timeSource;

	private final CompletableFuture<C> result = new CompletableFuture<>();

	private final ArrayDeque<SocketAddress> candidates = new ArrayDeque<>();

	private final List<Throwable> failures = new ArrayList<>();

	private String doing = "getting ready";

	private long deadline;

	private @Nullable Channel channel;

	/** The descriptor of the last channel that came to nothing. */
	private CompletableFuture<@Nullable Void> closed = CompletableFuture.completedFuture(null);

	private @Nullable Cancellable alarm;

	private @Nullable Cancellable candidateAlarm;

	private @Nullable Cancellable interrupt;

	private boolean over;

	ConnectAttempt(NettyTransport transport, WhereToConnect<?> where, ConnectOptions options, AddressLookup lookup,
			Function<Channel, CompletableFuture<C>> establish) {
		this.transport = transport;
		this.where = where;
		this.options = options;
		this.lookup = lookup;
		this.establish = establish;
		this.eventLoop = transport.next();
		this.timeSource = Objects.requireNonNullElseGet(options.timeSource(),
				() -> new EventLoopTimeSource(this.eventLoop));
	}

	/** Starts; called once, by any thread. */
	CompletableFuture<C> start() {
		this.result.whenComplete((value, error) -> onLoop(this::abandoned));
		onLoop(this::begin);
		return this.result;
	}

	private void begin() {
		CompletionStage<?> interruptedBy = this.options.interrupt();
		if (interruptedBy != null) {
			this.interrupt = whenDone(interruptedBy, () -> onLoop(this::interrupted));
		}
		if (this.over) {
			return;
		}
		Duration timeout = this.options.timeout();
		this.deadline = this.timeSource.nanoTime() + timeout.toNanos();
		this.alarm = this.timeSource.schedule(timeout, () -> onLoop(this::timedOut));
		if (this.where instanceof WhereToConnect.Host host && this.transport.sockets().isInMemory()) {
			resolved(host.hostAndPort(), List.of(MemorySockets.thisHost(host.hostAndPort().host())), null);
		}
		else if (this.where instanceof WhereToConnect.Host host) {
			this.doing = "looking up " + host.hostAndPort().host();
			this.lookup.lookUp(host.hostAndPort().host())
				.whenComplete((addresses, error) -> onLoop(() -> resolved(host.hostAndPort(), addresses, error)));
		}
		else if (this.where instanceof WhereToConnect.Inet inet) {
			tryFirst(List.of(inet.address()));
		}
		else if (this.where instanceof WhereToConnect.Unix unix) {
			tryFirst(List.of(unix.address()));
		}
	}

	private void resolved(HostAndPort hostAndPort, @Nullable List<InetAddress> addresses, @Nullable Throwable error) {
		if (addresses == null || addresses.isEmpty()) {
			this.failures
				.add((error != null) ? StageErrors.unwrap(error) : new UnknownHostException(hostAndPort.host()));
			fail(allFailed());
			return;
		}
		tryFirst(addresses.stream().map((address) -> new InetSocketAddress(address, hostAndPort.port())).toList());
	}

	private void tryFirst(List<? extends SocketAddress> addresses) {
		this.candidates.addAll(addresses);
		if (this.options.channel() != null) {
			// A socket whose connect failed cannot be used again.
			SocketAddress only = this.candidates.remove();
			this.candidates.clear();
			this.candidates.add(only);
		}
		tryNext();
	}

	private void tryNext() {
		if (this.over) {
			return;
		}
		SocketAddress address = this.candidates.poll();
		if (address == null) {
			fail(allFailed());
			return;
		}
		this.doing = "connecting to " + address;
		Channel next;
		try {
			next = open(address);
		}
		catch (Throwable ex) {
			this.failures.add(ex);
			tryNext();
			return;
		}
		this.channel = next;
		if (!this.candidates.isEmpty()) {
			long share = (this.deadline - this.timeSource.nanoTime()) / (this.candidates.size() + 1);
			this.candidateAlarm = this.timeSource.schedule(Duration.ofNanos(share),
					() -> onLoop(() -> candidateTimedOut(next, address)));
		}
		SocketAddress local = this.where.localAddress();
		next.connect(this.transport.sockets().toNetty(address),
				(local != null) ? this.transport.sockets().toNetty(local) : null)
			.addListener((connected) -> onLoop(() -> connected(next, connected.cause())));
	}

	private Channel open(SocketAddress address) {
		Supplier<? extends Channel> supplied = this.options.channel();
		Channel opened = (supplied != null) ? supplied.get() : this.transport.sockets().newClientChannel(address);
		if (opened.isRegistered() || opened.isActive()) {
			throw new IllegalArgumentException("channel: " + opened + " (expected: unregistered and unconnected)");
		}
		opened.config().setAutoRead(false);
		opened.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
		Throwable error = this.eventLoop.register(opened).cause();
		if (error != null) {
			throw new IllegalStateException(opened + " cannot be registered with " + this.eventLoop, error);
		}
		return opened;
	}

	private void connected(Channel candidate, @Nullable Throwable error) {
		if (this.over || this.channel != candidate) {
			candidate.close();
			return;
		}
		if (error != null) {
			failed(candidate, error);
			return;
		}
		this.doing = "establishing the connection to " + candidate.remoteAddress();
		CompletableFuture<C> establishing;
		try {
			establishing = this.establish.apply(candidate);
		}
		catch (Throwable ex) {
			failed(candidate, ex);
			return;
		}
		establishing.whenComplete((established, failure) -> onLoop(() -> {
			if (failure != null) {
				failed(candidate, StageErrors.unwrap(failure));
			}
			else if (this.over || this.channel != candidate) {
				candidate.close();
			}
			else {
				succeed(candidate, established);
			}
		}));
	}

	private void candidateTimedOut(Channel candidate, SocketAddress address) {
		failed(candidate, new SocketTimeoutException("No answer in time: " + address));
	}

	private void failed(Channel candidate, Throwable error) {
		if (this.channel == candidate && !this.over) {
			cancelCandidateAlarm();
			this.failures.add(error);
			closeChannel();
			this.closed.thenRun(this::tryNext);
		}
	}

	private void timedOut() {
		fail(new ConnectTimedOutException(this.where, this.doing, this.options.timeout(), lastFailure()));
	}

	/** The future was completed, by us or by somebody else. */
	private void abandoned() {
		if (!this.over) {
			fail(new CancellationException());
		}
	}

	private void interrupted() {
		fail(new ConnectInterruptedException(this.where, this.doing));
	}

	private ConnectFailedException allFailed() {
		Throwable last = Objects.requireNonNull(lastFailure());
		ConnectFailedException error = new ConnectFailedException(this.where,
				"Connecting to " + this.where + " failed: " + last.getMessage(), last);
		this.failures.subList(0, this.failures.size() - 1).forEach(error::addSuppressed);
		return error;
	}

	private @Nullable Throwable lastFailure() {
		return this.failures.isEmpty() ? null : this.failures.get(this.failures.size() - 1);
	}

	private void succeed(Channel connected, C established) {
		end();
		if (!this.result.complete(established)) {
			connected.close();
		}
	}

	/** Ends the attempt; the future fails when the descriptor is closed. */
	private void fail(Throwable error) {
		if (this.over) {
			return;
		}
		end();
		closeChannel();
		this.closed.thenRun(() -> this.result.completeExceptionally(error));
	}

	private void end() {
		this.over = true;
		cancelCandidateAlarm();
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		if (this.interrupt != null) {
			this.interrupt.cancel();
		}
	}

	private void cancelCandidateAlarm() {
		if (this.candidateAlarm != null) {
			this.candidateAlarm.cancel();
			this.candidateAlarm = null;
		}
	}

	private void onLoop(Runnable task) {
		if (this.eventLoop.inEventLoop()) {
			task.run();
			return;
		}
		try {
			this.eventLoop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.result.completeExceptionally(new ConnectFailedException(this.where,
					"Connecting to " + this.where + " failed: " + this.transport + " is closed", ex));
		}
	}

	private void closeChannel() {
		Channel unfinished = this.channel;
		if (unfinished != null) {
			this.channel = null;
			this.closed = ClosedDescriptor.of(unfinished);
			unfinished.unsafe().close(unfinished.voidPromise());
		}
	}

	/** Lets go of the task when cancelled, for the stage may live long. */
	private static Cancellable whenDone(CompletionStage<?> stage, Runnable task) {
		AtomicReference<@Nullable Runnable> reference = new AtomicReference<>(task);
		stage.whenComplete((value, error) -> {
			Runnable present = reference.getAndSet(null);
			if (present != null) {
				present.run();
			}
		});
		return () -> reference.set(null);
	}

}
