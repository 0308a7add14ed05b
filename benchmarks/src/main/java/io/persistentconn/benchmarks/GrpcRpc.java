package io.persistentconn.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * grpc-java on its own Netty and epoll, with direct executors, and byte arrays for
 * messages: no time is spent on Protocol Buffers.
 */
final class GrpcRpc implements RpcClient {

	private static final MethodDescriptor<byte[], byte[]> ECHO = method("echo", MethodType.UNARY);

	private static final MethodDescriptor<byte[], byte[]> STREAM = method("stream", MethodType.SERVER_STREAMING);

	private static final MethodDescriptor<byte[], byte[]> SUBSCRIBE = method("subscribe", MethodType.SERVER_STREAMING);

	private static final MethodDescriptor<byte[], byte[]> PUSH = method("push", MethodType.UNARY);

	/** It prints a stack trace for every stream that is cancelled while it sends. */
	private static final Logger serverLogger = Logger
		.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

	private final EventLoopGroup group = newGroup();

	private final ManagedChannel channel;

	GrpcRpc(int port) {
		this.channel = NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
			.channelType(EpollSocketChannel.class)
			.eventLoopGroup(this.group)
			.directExecutor()
			.usePlaintext()
			.build();
	}

	static int listen() throws IOException {
		serverLogger.setLevel(Level.OFF);
		EventLoopGroup group = newGroup();
		Set<ServerCallStreamObserver<byte[]>> subscribers = new LinkedHashSet<>();
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.channelType(EpollServerSocketChannel.class)
			.bossEventLoopGroup(group)
			.workerEventLoopGroup(group)
			.directExecutor()
			.addService(ServerServiceDefinition.builder("benchmark")
				.addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcRpc::echo))
				.addMethod(STREAM, ServerCalls.asyncServerStreamingCall(GrpcRpc::send))
				.addMethod(SUBSCRIBE,
						ServerCalls.asyncServerStreamingCall((state, stream) -> subscribe(subscribers, state, stream)))
				.addMethod(PUSH, ServerCalls.asyncUnaryCall((state, answer) -> push(subscribers, state, answer)))
				.build())
			.build()
			.start();
		return server.getPort();
	}

	@Override
	public void call(int outstanding, Meter meter) {
		for (int i = 0; i < outstanding; i++) {
			callNext(meter);
		}
	}

	private void callNext(Meter meter) {
		ClientCalls.asyncUnaryCall(this.channel.newCall(ECHO, CallOptions.DEFAULT), new byte[RpcClient.CALL_SIZE],
				new Taking(meter, () -> {
					if (meter.count()) {
						callNext(meter);
					}
				}));
	}

	@Override
	public void stream(int size, Meter meter) {
		ClientCall<byte[], byte[]> call = this.channel.newCall(STREAM, CallOptions.DEFAULT);
		ClientCalls.asyncServerStreamingCall(call, new byte[size], new Taking(meter, () -> {
			if (!meter.count()) {
				call.cancel("enough", null);
			}
		}));
	}

	@Override
	public void push(int subscribers, Meter meter) {
		byte[] state = new byte[RpcClient.PUSH_SIZE];
		PushCounter counter = new PushCounter(subscribers, meter, () -> ClientCalls
			.asyncUnaryCall(this.channel.newCall(PUSH, CallOptions.DEFAULT), state, new Taking(meter, () -> {
			})));
		for (int i = 0; i < subscribers; i++) {
			ClientCalls.asyncServerStreamingCall(this.channel.newCall(SUBSCRIBE, CallOptions.DEFAULT), state,
					new Taking(meter, counter::delivered));
		}
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private static void echo(byte[] message, StreamObserver<byte[]> answer) {
		answer.onNext(message);
		answer.onCompleted();
	}

	/** Sends copies of the message for as long as the client takes them. */
	private static void send(byte[] message, StreamObserver<byte[]> stream) {
		ServerCallStreamObserver<byte[]> observer = (ServerCallStreamObserver<byte[]>) stream;
		observer.setOnCancelHandler(() -> {
		});
		observer.setOnReadyHandler(() -> {
			while (observer.isReady() && !observer.isCancelled()) {
				observer.onNext(message);
			}
		});
	}

	private static void subscribe(Set<ServerCallStreamObserver<byte[]>> subscribers, byte[] state,
			StreamObserver<byte[]> stream) {
		ServerCallStreamObserver<byte[]> observer = (ServerCallStreamObserver<byte[]>) stream;
		subscribers.add(observer);
		observer.setOnCancelHandler(() -> subscribers.remove(observer));
		observer.onNext(state);
	}

	private static void push(Set<ServerCallStreamObserver<byte[]>> subscribers, byte[] state,
			StreamObserver<byte[]> answer) {
		subscribers.forEach((subscriber) -> subscriber.onNext(state));
		answer.onNext(new byte[0]);
		answer.onCompleted();
	}

	private static EventLoopGroup newGroup() {
		return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
	}

	private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
		return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
			.setFullMethodName(MethodDescriptor.generateFullMethodName("benchmark", name))
			.setType(type)
			.build();
	}

	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private record Taking(Meter meter, Runnable taker) implements StreamObserver<byte[]> {

		@Override
		public void onNext(byte[] message) {
			this.taker.run();
		}

		@Override
		public void onError(Throwable error) {
			this.meter.fail(error);
		}

		@Override
		public void onCompleted() {
			// Of a call; a stream has no end.
		}

	}

}
