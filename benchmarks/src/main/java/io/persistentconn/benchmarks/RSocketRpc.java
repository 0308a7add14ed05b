package io.persistentconn.benchmarks;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import io.netty.buffer.ByteBufAllocator;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.ByteBufPayload;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * rsocket-java on the same Netty as we, with its decoder that does not copy.
 */
final class RSocketRpc implements RpcClient {

	/** How many messages the client asks for at a time; it cannot ask for no bound. */
	private static final int CREDIT = 1024;

	private final LoopResources loops = LoopResources.create("rsocket-client", 1, true);

	private final RSocket socket;

	RSocketRpc(int port) {
		this.socket = Objects.requireNonNull(RSocketConnector.create()
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.connect(TcpClientTransport.create(TcpClient.create().host("127.0.0.1").port(port).runOn(this.loops)))
			.block());
	}

	static int listen() {
		TcpServer server = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(LoopResources.create("rsocket-server", 1, true));
		CloseableChannel channel = Objects.requireNonNull(RSocketServer.create(SocketAcceptor.with(new Answers()))
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.bind(TcpServerTransport.create(server))
			.block());
		return channel.address().getPort();
	}

	@Override
	public void call(int outstanding, Meter meter) {
		for (int i = 0; i < outstanding; i++) {
			callNext(meter);
		}
	}

	private void callNext(Meter meter) {
		this.socket.requestResponse(payload(RpcClient.CALL_SIZE)).subscribe((answer) -> {
			answer.release();
			if (meter.count()) {
				callNext(meter);
			}
		}, meter::fail);
	}

	@Override
	public void stream(int size, Meter meter) {
		this.socket.requestStream(payload(size)).subscribe(new BaseSubscriber<>() {

			private int taken;

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				request(CREDIT);
			}

			@Override
			protected void hookOnNext(Payload message) {
				message.release();
				if (!meter.count()) {
					cancel();
				}
				else if (++this.taken == CREDIT / 2) {
					this.taken = 0;
					request(CREDIT / 2);
				}
			}

			@Override
			protected void hookOnError(Throwable error) {
				meter.fail(error);
			}

		});
	}

	@Override
	public void push(int subscribers, Meter meter) {
		PushCounter counter = new PushCounter(subscribers, meter,
				() -> this.socket.fireAndForget(payload(RpcClient.PUSH_SIZE)).subscribe((done) -> {
				}, meter::fail));
		for (int i = 0; i < subscribers; i++) {
			this.socket.requestChannel(Mono.just(payload(RpcClient.PUSH_SIZE))).subscribe((state) -> {
				state.release();
				counter.delivered();
			}, meter::fail);
		}
	}

	@Override
	public void close() {
		this.socket.dispose();
		this.socket.onClose().onErrorComplete().block(Duration.ofSeconds(10));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block();
	}

	private static Payload payload(int size) {
		return ByteBufPayload.create(ByteBufAllocator.DEFAULT.buffer(size).writeZero(size));
	}

	private static final class Answers implements RSocket {

		private final Set<FluxSink<Payload>> subscribers = new LinkedHashSet<>();

		@Override
		public Mono<Payload> requestResponse(Payload request) {
			// The echo sends the very payload that it got, and releases it.
			return Mono.just(request);
		}

		/** Subscribes to the state. */
		@Override
		public Flux<Payload> requestChannel(Publisher<Payload> requests) {
			return Flux.from(requests).next().flatMapMany((request) -> {
				request.release();
				return Flux.create((subscriber) -> {
					this.subscribers.add(subscriber);
					subscriber.onDispose(() -> this.subscribers.remove(subscriber));
					subscriber.next(payload(RpcClient.PUSH_SIZE));
				});
			});
		}

		/** Pushes the state to all. */
		@Override
		public Mono<Void> fireAndForget(Payload request) {
			request.release();
			this.subscribers.forEach((subscriber) -> subscriber.next(payload(RpcClient.PUSH_SIZE)));
			return Mono.empty();
		}

		@Override
		public Flux<Payload> requestStream(Payload request) {
			int size = request.data().readableBytes();
			request.release();
			return Flux.generate((sink) -> sink.next(payload(size)));
		}

	}

}
