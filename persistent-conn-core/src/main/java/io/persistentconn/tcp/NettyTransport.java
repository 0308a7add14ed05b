package io.persistentconn.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

import io.persistentconn.concurrent.AsyncCloseable;

/**
 * The event loops that clients and servers run on, and the kind of sockets that fits
 * them. One is enough for an application.
 * <p>
 * The threads are daemons and {@link io.persistentconn.concurrent.NonBlockingThread}s.
 * They start when first needed. Whoever made a transport closes it, after the clients and
 * servers on it; what is still connected then is closed without a flush.
 */
public final class NettyTransport implements AsyncCloseable {

	private static final String DEFAULT_THREAD_NAME_PREFIX = "persistent-conn";

	private static final long CLOSE_TIMEOUT_SECONDS = 10;

	private final EventLoopGroup group;

	private final Sockets sockets;

	private final boolean ownsGroup;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CompletableFuture<Void> closeFinished = new CompletableFuture<>();

	private NettyTransport(EventLoopGroup group, Sockets sockets, boolean ownsGroup) {
		this.group = group;
		this.sockets = sockets;
		this.ownsGroup = ownsGroup;
	}

	/**
	 * Creates a transport over epoll where that can be used, else over NIO, with Netty's
	 * default number of threads.
	 * @return a transport that its caller closes
	 */
	public static NettyTransport auto() {
		return auto(0, DEFAULT_THREAD_NAME_PREFIX);
	}

	/**
	 * Creates a transport over epoll where that can be used, else over NIO. For epoll,
	 * {@code netty-transport-native-epoll} must be there for the platform.
	 * @param threads the number of event loops; 0: Netty's default, twice the processors
	 * @param threadNamePrefix what the names of the threads begin with
	 * @return a transport that its caller closes
	 * @throws IllegalArgumentException if the number of threads is negative
	 */
	public static NettyTransport auto(int threads, String threadNamePrefix) {
		Sockets epoll = epollSockets();
		return create((epoll != null) ? epoll : new NioSockets(), threads, threadNamePrefix);
	}

	/**
	 * Creates a transport over the JDK's NIO, with Netty's default number of threads.
	 * @return a transport that its caller closes
	 */
	public static NettyTransport nio() {
		return nio(0, DEFAULT_THREAD_NAME_PREFIX);
	}

	/**
	 * Creates a transport over the JDK's NIO, which is there on every platform.
	 * @param threads the number of event loops; 0: Netty's default, twice the processors
	 * @param threadNamePrefix what the names of the threads begin with
	 * @return a transport that its caller closes
	 * @throws IllegalArgumentException if the number of threads is negative
	 */
	public static NettyTransport nio(int threads, String threadNamePrefix) {
		return create(new NioSockets(), threads, threadNamePrefix);
	}

	/**
	 * Creates a transport over Linux's epoll, with Netty's default number of threads.
	 * @return a transport that its caller closes
	 * @throws IllegalStateException if epoll cannot be used here
	 */
	public static NettyTransport epoll() {
		return epoll(0, DEFAULT_THREAD_NAME_PREFIX);
	}

	/**
	 * Creates a transport over Linux's epoll.
	 * @param threads the number of event loops; 0: Netty's default, twice the processors
	 * @param threadNamePrefix what the names of the threads begin with
	 * @return a transport that its caller closes
	 * @throws IllegalArgumentException if the number of threads is negative
	 * @throws IllegalStateException if epoll cannot be used here: another platform, or
	 * {@code netty-transport-native-epoll} is missing
	 */
	public static NettyTransport epoll(int threads, String threadNamePrefix) {
		try {
			return create(EpollSockets.load(), threads, threadNamePrefix);
		}
		catch (LinkageError ex) {
			throw new IllegalStateException(
					"transport: epoll (expected: Linux, and netty-transport-native-epoll for its processor)", ex);
		}
	}

	/**
	 * Creates a transport within this process, with Netty's default number of threads.
	 * @return a transport that its caller closes
	 */
	public static NettyTransport memory() {
		return memory(0, DEFAULT_THREAD_NAME_PREFIX);
	}

	/**
	 * Creates a transport within this process, for tests: nothing of the operating
	 * system's network is used. It is a network of its own, in which every host is the
	 * same. A client reaches the server that listens on the port, or the path, that it
	 * connects to, over this same transport. Connections behave as over TCP, peers that
	 * do not read and half of a connection closed included; names are not looked up, and
	 * socket options mean nothing.
	 * @param threads the number of event loops; 0: Netty's default, twice the processors
	 * @param threadNamePrefix what the names of the threads begin with
	 * @return a transport that its caller closes
	 * @throws IllegalArgumentException if the number of threads is negative
	 */
	public static NettyTransport memory(int threads, String threadNamePrefix) {
		return create(new MemorySockets(), threads, threadNamePrefix);
	}

	/**
	 * Creates a transport over event loops that somebody else owns. {@link #closeAsync()}
	 * leaves them running.
	 * @param group event loops driven by NIO or epoll
	 * @return a transport over these event loops
	 * @throws IllegalArgumentException if the event loops are driven by neither
	 */
	public static NettyTransport over(EventLoopGroup group) {
		if (group instanceof IoEventLoopGroup ioGroup) {
			if (ioGroup.isIoType(NioIoHandler.class)) {
				return new NettyTransport(group, new NioSockets(), false);
			}
			Sockets epoll = epollSockets();
			if (epoll != null && EpollSockets.drives(ioGroup)) {
				return new NettyTransport(group, epoll, false);
			}
		}
		throw new IllegalArgumentException("group: " + group + " (expected: event loops driven by NIO or epoll)");
	}

	private static NettyTransport create(Sockets sockets, int threads, String threadNamePrefix) {
		if (threads < 0) {
			throw new IllegalArgumentException("threads: " + threads + " (expected: >= 0)");
		}
		EventLoopGroup group = new ClosingEventLoops(threads, new EventLoopThreads(threadNamePrefix),
				sockets.newIoHandlerFactory());
		return new NettyTransport(group, sockets, true);
	}

	private static @Nullable Sockets epollSockets() {
		try {
			return EpollSockets.load();
		}
		catch (LinkageError ex) {
			return null;
		}
	}

	/**
	 * Which kind of sockets this uses.
	 * @return {@code nio}, {@code epoll} or {@code memory}
	 */
	public String name() {
		return this.sockets.name();
	}

	/**
	 * The event loops.
	 * @return the group that this transport was made with or over; not for closing
	 */
	public EventLoopGroup eventLoopGroup() {
		return this.group;
	}

	/**
	 * Picks an event loop.
	 * @return each in turn
	 */
	public EventLoop next() {
		return this.group.next();
	}

	Sockets sockets() {
		return this.sockets;
	}

	/**
	 * Closes every channel on the event loops, without a flush, and ends their threads.
	 * @return a new future that completes when the threads have ended, at most about ten
	 * seconds later; at once if the event loops are somebody else's
	 */
	@Override
	public CompletableFuture<Void> closeAsync() {
		if (this.closed.compareAndSet(false, true)) {
			if (this.ownsGroup) {
				this.group.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
					.addListener((Future<Object> terminated) -> this.closeFinished.complete(null));
			}
			else {
				this.closeFinished.complete(null);
			}
		}
		return closeFinished();
	}

	@Override
	public boolean isClosed() {
		return this.closed.get();
	}

	@Override
	public CompletableFuture<Void> closeFinished() {
		return this.closeFinished.copy();
	}

	@Override
	public String toString() {
		return "NettyTransport(" + name() + ")";
	}

}
