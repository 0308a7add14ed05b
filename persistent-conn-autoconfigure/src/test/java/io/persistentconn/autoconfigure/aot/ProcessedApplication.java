package io.persistentconn.autoconfigure.aot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.autoconfigure.aot.Prices.Note;
import io.persistentconn.autoconfigure.aot.Prices.Session;
import io.persistentconn.autoconfigure.aot.Prices.Symbol;
import io.persistentconn.autoconfigure.aot.Prices.Tick;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.RejectedException;
import io.persistentconn.tcp.TcpHandler;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableAsync;

/**
 * Uses all that beans can say of RPCs, and tells what comes of it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync(proxyTargetClass = true)
@Import({ ToOwnServer.class, PricesService.class, DepthReader.class })
@ImportRpcClients(types = Prices.class, connection = "prices")
class ProcessedApplication {

	public static void main(String[] args) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(ProcessedApplication.class, args)) {
			Prices prices = context.getBean("prices#" + Prices.class.getName(), Prices.class);
			System.out.println("default method: " + prices.bid("ABC").join());
			System.out.println("stream: " + ticks(prices, 1));
			System.out.println("rejection: " + ticks(prices, -1));
			System.out.println("exception: " + failure(prices));
			System.out.println("codec: " + prices.opening("2026-01-02"));
			prices.note(new Note("hello"));
			System.out.println("one-way: " + context.getBean(PricesService.class).notes().poll(60, TimeUnit.SECONDS));
			System.out.println("subscription: " + context.getBean(DepthReader.class).await());
			System.out.println("handlers: " + greeting(context, "left") + ", " + greeting(context, "right"));
		}
	}

	private static Object ticks(Prices prices, long day) {
		try (Stream<Tick> ticks = prices.ticks(new Session(day))) {
			return ticks.toList();
		}
		catch (RejectedException ex) {
			return ex.error();
		}
	}

	private static Object failure(Prices prices) {
		try {
			return prices.find(new Symbol("ABC"), Optional.empty()).join();
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

	private static String greeting(ApplicationContext context, String server) throws IOException {
		Integer port = (Integer) context.getBean(TcpServers.class).get(server).listeningOn();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@RpcExceptionHandler
	static Exception explain(IllegalArgumentException ex) {
		return new IllegalStateException("explained: " + ex.getMessage());
	}

	@Bean
	BinCodec<Instant> instantCodec() {
		return BinCodecs.convert(BinCodecs.STRING, Instant::parse, Instant::toString);
	}

	@Bean
	@Qualifier("left")
	TcpHandler<SocketAddress> one() {
		return Handlers.greetAndLeave("1");
	}

	@Bean
	@Qualifier("right")
	TcpHandler<SocketAddress> other() {
		return Handlers.greetAndLeave("2");
	}

}
