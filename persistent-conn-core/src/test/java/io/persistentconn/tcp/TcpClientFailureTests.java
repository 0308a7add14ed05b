package io.persistentconn.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import io.persistentconn.concurrent.NonBlockingThread;
import io.persistentconn.concurrent.VirtualTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * What a client does when no connection comes about, and that nothing is left then.
 */
@Tag("T2")
class TcpClientFailureTests extends EachClientKind {

	private static final Duration NANOSECOND = Duration.ofNanos(1);

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final List<Runnable> lookups = new ArrayList<>();

	private final List<Channel> toClose = new ArrayList<>();

	@AfterEach
	void closeSockets() throws IOException {
		for (Channel channel : this.toClose) {
			channel.close();
		}
	}

	@Test
	void aRefusalCarriesTheAddressAndTheCauseAndLeavesNothing() throws IOException {
		WhereToConnect<?> where = this.loopback.where();
		this.loopback.refuse();
		long before = OpenSockets.count();
		for (int i = 0; i < 20; i++) {
			Throwable error = Loopback.failureOf(this.loopback.client().connect(where));
			assertThat(error).isExactlyInstanceOf(ConnectFailedException.class)
				.hasMessageStartingWith("Connecting to " + where + " failed: ")
				.hasCauseInstanceOf(IOException.class);
			assertThat(((ConnectFailedException) error).whereToConnect()).isEqualTo(where);
			assertThat(OpenSockets.count()).isEqualTo(before);
		}
	}

	@Test
	void theTimeoutIsTenSecondsByDefaultAndCoversTheLookup() throws Exception {
		CompletableFuture<?> connecting = clientThatLooksUpLater().connect(host(), options());
		this.loopback.settle();
		this.time.advanceBy(Duration.ofSeconds(10).minus(NANOSECOND));
		this.loopback.settle();
		assertThat(connecting).isNotDone();
		this.time.advanceBy(NANOSECOND);
		assertThat(Loopback.failureOf(connecting))
			.isInstanceOfSatisfying(ConnectTimedOutException.class,
					(error) -> assertThat(error.whereToConnect()).isEqualTo(host()))
			.hasMessage("Connecting to peer.example:7000 took longer than PT10S, while looking up peer.example");
		long before = OpenSockets.count();
		this.lookups.forEach(Runnable::run);
		this.loopback.settle();
		assertThat(OpenSockets.count()).as("a late answer is ignored").isEqualTo(before);
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void theInterruptCoversTheLookup() throws Exception {
		CompletableFuture<Void> interrupt = new CompletableFuture<>();
		CompletableFuture<?> connecting = clientThatLooksUpLater().connect(host(), options().withInterrupt(interrupt));
		this.loopback.settle();
		assertThat(connecting).isNotDone();
		interrupt.completeExceptionally(new IllegalStateException("any end will do"));
		assertThat(Loopback.failureOf(connecting)).isInstanceOf(ConnectInterruptedException.class)
			.hasMessage("Connecting to peer.example:7000 was interrupted, while looking up peer.example");
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void anInterruptBeforehandOpensNothing() throws Exception {
		CompletableFuture<?> connecting = this.loopback.client()
			.connect(this.loopback.where(), options().withInterrupt(CompletableFuture.completedFuture(null)));
		assertThat(Loopback.failureOf(connecting)).isInstanceOf(ConnectInterruptedException.class);
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void anInterruptAfterwardsMakesNoDifference() throws Exception {
		CompletableFuture<Void> interrupt = new CompletableFuture<>();
		TcpConnection<?> connection = this.loopback.connect(options().withInterrupt(interrupt));
		interrupt.complete(null);
		this.loopback.settle();
		assertThat(connection.isClosed()).isFalse();
		assertThat(this.time.pendingAlarms()).isZero();
		Loopback.get(connection.closeAsync());
	}

	@Test
	void anAddressThatDoesNotAnswerTimesOutAndLeavesNothing() throws Exception {
		WhereToConnect<InetSocketAddress> where = whereNobodyAnswers();
		long before = OpenSockets.count();
		CompletableFuture<?> connecting = this.loopback.client()
			.connect(where, options().withTimeout(Duration.ofSeconds(3)));
		this.loopback.settle();
		assertThat(OpenSockets.count()).isEqualTo(before + 1);
		this.time.advanceBy(Duration.ofSeconds(3).minus(NANOSECOND));
		this.loopback.settle();
		assertThat(connecting).isNotDone();
		this.time.advanceBy(NANOSECOND);
		assertThat(Loopback.failureOf(connecting)).isInstanceOf(ConnectTimedOutException.class)
			.hasMessageContaining("took longer than PT3S, while connecting to ");
		assertThat(OpenSockets.count()).isEqualTo(before);
	}

	@Test
	void anInterruptWhileConnectingLeavesNothing() throws Exception {
		WhereToConnect<InetSocketAddress> where = whereNobodyAnswers();
		long before = OpenSockets.count();
		CompletableFuture<Void> interrupt = new CompletableFuture<>();
		CompletableFuture<?> connecting = this.loopback.client().connect(where, options().withInterrupt(interrupt));
		this.loopback.settle();
		assertThat(OpenSockets.count()).isEqualTo(before + 1);
		interrupt.complete(null);
		assertThat(Loopback.failureOf(connecting)).isInstanceOf(ConnectInterruptedException.class);
		assertThat(OpenSockets.count()).isEqualTo(before);
	}

	@Test
	void cancellingTheFutureAbortsTheAttemptAndLeavesNothing() throws Exception {
		WhereToConnect<InetSocketAddress> where = whereNobodyAnswers();
		long before = OpenSockets.count();
		CompletableFuture<?> connecting = this.loopback.client().connect(where, options());
		CompletableFuture<?> using = this.loopback.client()
			.withConnection(where, options(), (connection) -> CompletableFuture.completedFuture(null));
		this.loopback.settle();
		assertThat(OpenSockets.count()).isEqualTo(before + 2);
		connecting.cancel(false);
		using.cancel(false);
		this.loopback.settle();
		assertThat(OpenSockets.count()).isEqualTo(before);
		assertThat(this.time.pendingAlarms()).isZero();
	}

	@Test
	void aFutureThatWasCompletedAtTheLastMomentLeavesNothing() throws Exception {
		long before = OpenSockets.count();
		for (int i = 0; i < 50; i++) {
			this.loopback.client().connect(this.loopback.where(), options()).cancel(false);
			this.loopback.accept().close();
		}
		this.loopback.settle();
		assertThat(OpenSockets.count()).isEqualTo(before);
	}

	@Test
	void anInterruptAtAnyMomentLeavesNothing() throws Exception {
		long before = OpenSockets.count();
		// Fewer than the backlog of the peer, which does not accept.
		for (int i = 0; i < 30; i++) {
			CompletableFuture<Void> interrupt = new CompletableFuture<>();
			CompletableFuture<? extends TcpConnection<?>> connecting = this.loopback.client()
				.connect(this.loopback.where(), options().withInterrupt(interrupt));
			CompletableFuture<Void> handled = connecting.handle((connection, error) -> {
				if (connection == null) {
					assertThat(error).isInstanceOf(ConnectInterruptedException.class);
					return CompletableFuture.<Void>completedFuture(null);
				}
				return connection.closeByForce();
			}).thenCompose(Function.identity());
			for (int spin = 0; spin < i * 100; spin++) {
				Thread.onSpinWait();
			}
			interrupt.complete(null);
			Loopback.get(handled);
			assertThat(this.time.pendingAlarms()).isZero();
		}
		// Connections that the OS made on its own before they were closed.
		this.loopback.refuse();
		assertThat(OpenSockets.count()).isEqualTo(before - 1);
	}

	@Test
	@Tag("T1")
	void aHostIsLookedUpAnewOnEveryConnectAndNotOnAnEventLoop() throws Exception {
		assumeFalse(this.kind.isUnix(), "does not apply: unix sockets have no host names");
		List<String> lookedUp = new ArrayList<>();
		TcpClient client = this.loopback.client().withResolver((host) -> {
			lookedUp.add(host);
			assertThat(Thread.currentThread()).isNotInstanceOf(NonBlockingThread.class);
			return List.of(InetAddress.getLoopbackAddress());
		}, ForkJoinPool.commonPool());
		for (int i = 0; i < 2; i++) {
			Loopback.get(client.connect(WhereToConnect.hostAndPort("peer.example", this.loopback.port()))).closeAsync();
		}
		assertThat(lookedUp).containsExactly("peer.example", "peer.example");
	}

	@Test
	@Tag("T1")
	void allAddressesOfAHostAreTriedInTurn() throws Exception {
		assumeFalse(this.kind.isUnix(), "does not apply: unix sockets have no host names");
		TcpClient client = this.loopback.client()
			.withResolver((host) -> List.of(loopback(2), loopback(3), loopback(1)), Runnable::run);
		TcpConnection<InetSocketAddress> connection = Loopback
			.get(client.connect(WhereToConnect.hostAndPort("peer.example", this.loopback.port())));
		assertThat(connection.remoteAddress()).isEqualTo(new InetSocketAddress(loopback(1), this.loopback.port()));
		Loopback.get(connection.closeAsync());
		int port = this.loopback.port();
		this.loopback.refuse();
		Throwable error = Loopback.failureOf(client.connect(WhereToConnect.hostAndPort("peer.example", port)));
		assertThat(error).isExactlyInstanceOf(ConnectFailedException.class).hasMessageContaining("127.0.0.1");
		assertThat(error.getSuppressed()).hasSize(2);
	}

	@Test
	@Tag("T1")
	void anAddressThatDoesNotAnswerUsesUpItsShareOfTheTimeOnly() throws Exception {
		InetSocketAddress silent = whereNobodyAnswers().address();
		try (ServerSocketChannel answering = ServerSocketChannel.open()) {
			answering.bind(new InetSocketAddress(loopback(2), silent.getPort()));
			TcpClient client = this.loopback.client()
				.withResolver((host) -> List.of(silent.getAddress(), loopback(2)), Runnable::run);
			CompletableFuture<TcpConnection<InetSocketAddress>> connecting = client
				.connect(WhereToConnect.hostAndPort("peer.example", silent.getPort()), options());
			this.loopback.settle();
			this.time.advanceBy(Duration.ofSeconds(5).minus(NANOSECOND));
			this.loopback.settle();
			assertThat(connecting).isNotDone();
			this.time.advanceBy(NANOSECOND);
			TcpConnection<InetSocketAddress> connection = Loopback.get(connecting);
			assertThat(connection.remoteAddress().getAddress()).isEqualTo(loopback(2));
			assertThat(this.time.pendingAlarms()).isZero();
			Loopback.get(connection.closeAsync());
		}
	}

	@Test
	@Tag("T1")
	void anUnknownHostIsNamed() {
		TcpClient client = this.loopback.client().withResolver((host) -> {
			throw new UnknownHostException(host);
		}, Runnable::run);
		assertThat(Loopback.failureOf(client.connect(host()))).isExactlyInstanceOf(ConnectFailedException.class)
			.hasMessage("Connecting to peer.example:7000 failed: peer.example")
			.hasCauseInstanceOf(UnknownHostException.class);
		TcpClient none = this.loopback.client().withResolver((host) -> List.of(), Runnable::run);
		assertThat(Loopback.failureOf(none.connect(host()))).hasCauseInstanceOf(UnknownHostException.class);
		TcpClient busy = this.loopback.client().withResolver((host) -> List.of(), (task) -> {
			throw new RejectedExecutionException("busy");
		});
		assertThat(Loopback.failureOf(busy.connect(host()))).hasMessageEndingWith("failed: busy");
	}

	@Test
	@Tag("T1")
	void aLocalAddressIsBoundBeforeConnecting() throws Exception {
		if (this.kind.isUnix()) {
			Path local = this.directory.resolve("local.sock");
			WhereToConnect.Unix where = (WhereToConnect.Unix) this.loopback.where();
			Loopback.get(this.loopback.client().connect(where.bindTo(UnixDomainSocketAddress.of(local))));
			assertThat(this.loopback.accept().channel().getRemoteAddress())
				.isEqualTo(UnixDomainSocketAddress.of(local));
			return;
		}
		InetSocketAddress local = new InetSocketAddress(loopback(1), freePort());
		WhereToConnect.Inet where = (WhereToConnect.Inet) this.loopback.where();
		TcpConnection<InetSocketAddress> connection = Loopback.get(this.loopback.client().connect(where.bindTo(local)));
		assertThat(this.loopback.accept().channel().getRemoteAddress()).isEqualTo(local);
		assertThat(connection.localAddress()).isEqualTo(local);
		assertThat(Loopback.failureOf(this.loopback.client().connect(where.bindTo(local))))
			.isInstanceOf(ConnectFailedException.class)
			.hasMessageContaining(" from /127.0.0.1:" + local.getPort() + " failed");
	}

	private ConnectOptions options() {
		return ConnectOptions.defaults().withTimeSource(this.time);
	}

	private static WhereToConnect<InetSocketAddress> host() {
		return WhereToConnect.hostAndPort("peer.example", 7000);
	}

	private TcpClient clientThatLooksUpLater() {
		return this.loopback.client()
			.withResolver((host) -> List.of(InetAddress.getLoopbackAddress()), this.lookups::add);
	}

	/** A listening socket whose queue is full: the OS drops what comes next. */
	private WhereToConnect.Inet whereNobodyAnswers() throws IOException {
		assumeFalse(this.kind.isUnix(), "does not apply: a full unix socket refuses at once");
		ServerSocketChannel listener = ServerSocketChannel.open();
		this.toClose.add(listener);
		listener.bind(new InetSocketAddress(loopback(1), 0), 1);
		InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
		for (int i = 0; i < 8; i++) {
			SocketChannel filler = SocketChannel.open();
			this.toClose.add(filler);
			filler.configureBlocking(false);
			filler.connect(address);
		}
		return new WhereToConnect.Inet(address, null);
	}

	/** On Linux, all of 127.0.0.0/8 is this machine. */
	private static InetAddress loopback(int number) throws UnknownHostException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) number });
	}

	private static int freePort() throws IOException {
		try (ServerSocketChannel probe = ServerSocketChannel.open()) {
			probe.bind(new InetSocketAddress(loopback(1), 0));
			return ((InetSocketAddress) probe.getLocalAddress()).getPort();
		}
	}

}
