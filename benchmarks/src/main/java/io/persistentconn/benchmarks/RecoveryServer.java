package io.persistentconn.benchmarks;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StreamGroup;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToListen;
import org.jspecify.annotations.Nullable;

/**
 * The server of {@link RecoveryBenchmark}: {@code port state} listens on that port, or on
 * any if it is 0, and changes the state, a number, all the time. It prints its port and
 * is killed in the end. Everything is done by one event loop.
 */
final class RecoveryServer {

	/** The number of the server, then what is added to it. */
	static final StateRpc<Unit, Long, Long, String> STATE = StateRpc.of("state", 1, BinCodecs.UNIT, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.STRING);

	/** Changes nothing any more, and tells. */
	static final Rpc<Unit, Report> FINISH = Rpc.of("finish", 1, BinCodecs.UNIT, BinCodecs.of(Report.class));

	private static final int BACKLOG = 1024;

	private static final int MILLIS_BETWEEN_CHANGES = 100;

	private final StreamGroup<Long> subscribers = new StreamGroup<>(BinCodecs.INT);

	private final List<Long> accepted = new ArrayList<>();

	private long state;

	private long listeningSince;

	private @Nullable ScheduledFuture<?> changes;

	private RecoveryServer(long state) {
		this.state = state;
	}

	public static void main(String[] args) throws Exception {
		RecoveryServer server = new RecoveryServer(Long.parseLong(args[1]));
		ServerProcess.serve(server.listen(Integer.parseInt(args[0])));
	}

	/** A time which processes agree upon, in microseconds. */
	static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	private int listen(int port) {
		NettyTransport transport = NettyTransport.auto(1, "server");
		EventLoop loop = transport.next();
		RpcServer<InetSocketAddress, Integer> server = RpcServer
			.over(TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), new BindToPort(port)))
				.transport(transport)
				.backlog(BACKLOG), RpcOptions.defaults().withImplementations(implementations()));
		// Nobody is accepted between listening and the first look at who is accepted.
		return CompletableFuture
			.supplyAsync(() -> server.start().thenApply((started) -> begin(started.tcp(), loop)), loop)
			.thenCompose((listening) -> listening)
			.join();
	}

	private int begin(TcpServer<InetSocketAddress, Integer> server, EventLoop loop) {
		this.listeningSince = now();
		server.listeningSocket().pipeline().addFirst(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object client) {
				RecoveryServer.this.accepted.add(now());
				context.fireChannelRead(client);
			}

		});
		this.changes = loop.scheduleAtFixedRate(this::change, MILLIS_BETWEEN_CHANGES, MILLIS_BETWEEN_CHANGES,
				TimeUnit.MILLISECONDS);
		return server.listeningOn();
	}

	private Implementations implementations() {
		return Implementations.of(STATE.implementDirect((context, query, writer) -> {
			this.subscribers.add(writer);
			return CompletableFuture.completedFuture(Outcome.accepted(this.state));
		}), FINISH.implementNow((context, query) -> {
			if (this.changes != null) {
				this.changes.cancel(false);
			}
			return new Report(this.state, this.listeningSince, this.accepted);
		}));
	}

	private void change() {
		this.state++;
		this.subscribers.write(1L);
	}

	/**
	 * What a server has done.
	 *
	 * @param state what its subscribers should end with
	 * @param listeningSince when it began to listen
	 * @param accepted when it accepted each client
	 */
	record Report(long state, long listeningSince, List<Long> accepted) {
	}

}
