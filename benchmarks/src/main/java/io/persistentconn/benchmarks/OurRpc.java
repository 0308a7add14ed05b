package io.persistentconn.benchmarks;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Unit;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StreamGroup;
import io.persistentconn.rpc.StreamHandler;
import io.persistentconn.rpc.StreamWriter;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpClient;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToConnect;
import io.persistentconn.tcp.WhereToListen;
import org.jspecify.annotations.Nullable;

/**
 * Our RPCs: streams from pipe to pipe, or from a direct writer to a handler.
 */
final class OurRpc implements RpcClient {

	private static final Rpc<byte[], byte[]> ECHO = Rpc.of("echo", 1, BinCodecs.BIGSTRING, BinCodecs.BIGSTRING);

	private static final PipeRpc<Long, byte[], String> PIPE = PipeRpc.of("pipe", 1, BinCodecs.INT, BinCodecs.BIGSTRING,
			BinCodecs.STRING);

	private static final PipeRpc<Long, byte[], String> DIRECT = PipeRpc.of("direct", 1, BinCodecs.INT,
			BinCodecs.BIGSTRING, BinCodecs.STRING);

	private static final StateRpc<Long, byte[], byte[], String> STATE = StateRpc.of("state", 1, BinCodecs.INT,
			BinCodecs.BIGSTRING, BinCodecs.BIGSTRING, BinCodecs.STRING);

	private static final OneWayRpc<Long> PUSH = OneWayRpc.of("push", 1, BinCodecs.INT);

	private final NettyTransport transport = NettyTransport.auto(1, "client");

	private final boolean direct;

	private final RpcConnection connection;

	OurRpc(int port, boolean direct) {
		this.direct = direct;
		this.connection = io.persistentconn.rpc.RpcClient.over(TcpClient.over(this.transport))
			.connect(WhereToConnect.hostAndPort("127.0.0.1", port))
			.join();
	}

	static int listen() {
		NettyTransport transport = NettyTransport.auto(1, "server");
		StreamGroup<byte[]> subscribers = new StreamGroup<>(BinCodecs.BIGSTRING);
		return RpcServer.over(
				TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
					.transport(transport),
				RpcOptions.defaults()
					.withImplementations(Implementations.of(ECHO.implementNow((context, bytes) -> bytes),
							PIPE.implement((context, size) -> CompletableFuture
								.completedFuture(Outcome.accepted(endless(size.intValue())))),
							DIRECT.implementDirect((context, size, writer) -> {
								fill(writer, new byte[size.intValue()]);
								return CompletableFuture.completedFuture(Outcome.accepted(Unit.UNIT));
							}), STATE.implementDirect((context, size, writer) -> {
								subscribers.add(writer);
								return CompletableFuture.completedFuture(Outcome.accepted(new byte[size.intValue()]));
							}), PUSH.implement((context, size) -> subscribers.write(new byte[size.intValue()])))))
			.start()
			.join()
			.tcp()
			.listeningOn();
	}

	/** Writes whenever there is room. */
	private static Pipe<byte[]> endless(int size) {
		PipeWriter<byte[]> writer = PipeWriter.create(64);
		feed(writer, new byte[size]);
		return writer.pipe();
	}

	private static void feed(PipeWriter<byte[]> writer, byte[] message) {
		boolean room = true;
		while (room) {
			room = writer.tryWrite(message);
		}
		if (!writer.isClosed()) {
			writer.pushback().thenRun(() -> feed(writer, message));
		}
	}

	private static void fill(StreamWriter<byte[]> writer, byte[] message) {
		while (!writer.isBackedUp() && !writer.isClosed()) {
			writer.write(message);
		}
		if (!writer.isClosed()) {
			writer.readyForMore().thenRun(() -> fill(writer, message));
		}
	}

	@Override
	public void call(int outstanding, Meter meter) {
		byte[] message = new byte[RpcClient.CALL_SIZE];
		this.transport.next().execute(() -> {
			for (int i = 0; i < outstanding; i++) {
				call(message, meter);
			}
		});
	}

	private void call(byte[] message, Meter meter) {
		ECHO.dispatch(this.connection, message).whenComplete((answer, error) -> {
			if (error != null) {
				meter.fail(error);
			}
			else if (meter.count()) {
				call(message, meter);
			}
		});
	}

	@Override
	public void stream(int size, Meter meter) {
		if (this.direct) {
			DIRECT.dispatchIter(this.connection, (long) size, new StreamHandler<>() {

				private boolean over;

				@Override
				public @Nullable CompletionStage<?> onUpdate(byte[] update) {
					if (!this.over && !meter.count()) {
						this.over = true;
						OurRpc.this.connection.closeAsync();
					}
					return null;
				}

				@Override
				public void onEnd(Optional<Throwable> error) {
					error.filter((ended) -> !this.over).ifPresent(meter::fail);
				}

			});
		}
		else {
			PIPE.withPushback()
				.dispatch(this.connection, (long) size)
				.thenCompose((outcome) -> outcome.orElseThrow().forEach((update) -> {
					if (!meter.count()) {
						outcome.orElseThrow().close();
					}
					return CompletableFuture.completedFuture(null);
				}));
		}
	}

	@Override
	public void push(int subscribers, Meter meter) {
		long size = RpcClient.PUSH_SIZE;
		PushCounter counter = new PushCounter(subscribers, meter, () -> PUSH.dispatch(this.connection, size));
		this.transport.next().execute(() -> {
			for (int i = 0; i < subscribers; i++) {
				STATE.dispatchIter(this.connection, size, new StreamHandler<>() {

					@Override
					public @Nullable CompletionStage<?> onUpdate(byte[] update) {
						counter.delivered();
						return null;
					}

					@Override
					public void onEnd(Optional<Throwable> error) {
						error.ifPresent(meter::fail);
					}

				}).thenRun(counter::delivered);
			}
		});
	}

	@Override
	public void close() {
		this.connection.closeAsync();
		this.transport.closeAsync().join();
	}

}
