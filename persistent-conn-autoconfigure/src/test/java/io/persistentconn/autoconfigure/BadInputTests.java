package io.persistentconn.autoconfigure;

import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.persistentconn.autoconfigure.connection.RpcConnectionCustomizer;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.autoconfigure.testing.Listener;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.tcp.TcpHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Bad input fails at startup with an analysis that names the property, the value and what
 * is expected.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadInputTests {

	static Stream<Arguments> badConnections() {
		return Stream.of(bad("protocol", "http", "valid", "RPC", "TCP"), bad("retry-delay", "0s", "more than zero"),
				bad("retry-delay", "-1s", "more than zero"), bad("retry-delay", "soon", "java.time.Duration"),
				bad("retry-delay", "400d", "at most 365d"), bad("retry-jitter", "-0.1", "from 0 to 1"),
				bad("retry-jitter", "1.1", "from 0 to 1"), bad("retry-jitter", "NaN", "from 0 to 1"),
				bad("max-retry-delay", "9s", "not below the retry-delay, which is 10000ms"),
				bad("initial-spread", "-1s", "from zero to 365d"), bad("connect-timeout", "0s", "more than zero"),
				bad("keep-alive.idle", "0s", "from 1s to 32767s"), bad("keep-alive.idle", "1500ms", "whole seconds"),
				bad("keep-alive.interval", "-1s", "from 1s to 32767s"), bad("keep-alive.count", "0", "from 1 to 127"),
				bad("keep-alive.count", "128", "from 1 to 127"), bad("user-timeout", "0s", "from 1ms to 24d"),
				bad("read-idle-timeout", "0s", "more than zero"), bad("reader-buffer-size", "0B", "from 1B"),
				bad("writer-buffer-size", "3GB", "to 2047MB"), bad("buffer-age-limit", "0s", "expected: > 0"),
				bad("buffer-age-limit", "366d", "at most 365d"), bad("buffer-age-limit", "sometimes", "BufferAgeLimit"),
				bad("health.grace-period", "-1s", "from zero to 365d"),
				bad("calls.timeout", "5s", "not set, because the protocol is tcp, and this is for rpc only"),
				bad("calls.wait-for-connection", "-1s", "from zero to 365d"),
				bad("calls.wait-for-connection", "1s", "not set, because the protocol is tcp"),
				bad("identification", "desk-7", "not set, because the protocol is tcp, and this is for rpc only"),
				bad("bind-to-address", "not an address", "InetAddress"));
	}

	static Stream<Arguments> badServers() {
		return Stream.of(bad("protocol", "http", "valid", "RPC", "TCP"), bad("port", "-1", "from 0 to 65535"),
				bad("port", "65536", "from 0 to 65535"),
				bad("unix-socket", "/run/quotes.sock", "not set, because the port is 0"),
				bad("backlog", "0", "1 or more"), bad("max-connections", "0", "1 or more"),
				bad("max-accepts-per-batch", "0", "1 or more"), bad("overload", "panic", "HOLD", "REJECT"),
				bad("on-handler-error", "cry", "CALL", "IGNORE", "RAISE"),
				bad("buffer-age-limit", "-2m", "expected: > 0"), bad("reader-buffer-size", "-1KB", "from 1B"),
				bad("writer-buffer-size", "0B", "from 1B"), bad("keep-alive.count", "0", "from 1 to 127"),
				bad("user-timeout", "-1s", "from 1ms to 24d"), bad("read-idle-timeout", "-1s", "more than zero"),
				bad("shutdown.grace-period", "-1s", "from zero to 365d"));
	}

	/** Of servers and of connections, with {@code protocol: rpc}. */
	static Stream<Arguments> badRpcs() {
		return Stream.of(bad("max-message-size", "0B", "from 1B to 2047MB"),
				bad("max-message-size", "3GB", "from 1B to 2047MB"), bad("handshake-timeout", "0s", "more than zero"),
				bad("heartbeat.send-every", "-1s", "from zero to 365d"),
				bad("heartbeat.send-every", "30s", "less than the heartbeat.timeout, which is 30000ms, or 0"),
				bad("heartbeat.timeout", "10s", "more than the heartbeat.send-every, which is 10000ms"),
				bad("heartbeat.timeout", "0s", "more than zero"),
				bad("heartbeat.style", "by-ear", "ELAPSED_TIME", "NUMBER_OF_HEARTBEATS"));
	}

	/** Of servers and of connections, with {@code protocol: tcp}. */
	static Stream<Arguments> goodForRpcOnly() {
		return Stream
			.of("max-message-size=1KB", "handshake-timeout=1s", "heartbeat.send-every=1s", "heartbeat.timeout=40s",
					"heartbeat.style=elapsed-time")
			.map(Arguments::arguments);
	}

	static Stream<Arguments> badAddresses() {
		return Stream
			.of("quotes", "quotes:", "quotes:http", "quotes:65536", "quotes:0", ":7000", "::1:7000", "[::1]", "unix:")
			.map(Arguments::arguments);
	}

	static Stream<Arguments> badSubscriptions() {
		return Stream.of(bad("resubscribe-delay", "0s", "more than zero"),
				bad("resubscribe-delay", "400d", "at most 365d"),
				bad("resubscribe-delay", "soon", "java.time.Duration"), bad("buffer.size", "0", "from 1 to 1073741824"),
				bad("buffer.size", "1073741825", "from 1 to 1073741824"),
				bad("buffer.overflow", "burst", "CLOSE", "PUSHBACK", "RESUBSCRIBE"),
				bad("health.grace-period", "-1s", "from zero to 365d"));
	}

	@ParameterizedTest
	@MethodSource("badSubscriptions")
	void aBadPropertyOfASubscription(String key, String value, List<String> expected, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.subscriptions.book." + key + "=" + value);
		assertThat(analysis(output)).contains("persistent-conn.subscriptions.book." + key)
			.contains(value)
			.contains(expected);
	}

	@ParameterizedTest
	@MethodSource("badSubscriptions")
	void aBadDefaultOfSubscriptions(String key, String value, List<String> expected, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.defaults.subscription." + key + "=" + value);
		assertThat(analysis(output)).contains("persistent-conn.defaults.subscription." + key)
			.contains(value)
			.contains(expected);
	}

	private static Arguments bad(String key, String value, String... expected) {
		return arguments(key, value, List.of(expected));
	}

	@ParameterizedTest
	@MethodSource("badConnections")
	void aBadPropertyOfAConnection(String key, String value, List<String> expected, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.connections.quotes.addresses=localhost:7000",
				"persistent-conn.connections.quotes." + key + "=" + value);
		assertThat(analysis(output)).contains("persistent-conn.connections.quotes." + key)
			.contains(value)
			.contains(expected);
	}

	@ParameterizedTest
	@MethodSource("badServers")
	void aBadPropertyOfAServer(String key, String value, List<String> expected, CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.defaults.server.port=0",
				"persistent-conn.servers.quotes." + key + "=" + value);
		assertThat(analysis(output)).contains("persistent-conn.servers.quotes." + key)
			.contains(value)
			.contains(expected);
	}

	@ParameterizedTest
	@MethodSource("badRpcs")
	void aBadPropertyOfRpcs(String key, String value, List<String> expected, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.defaults.connection.protocol=rpc",
				"persistent-conn.connections.quotes.addresses=localhost:7000",
				"persistent-conn.connections.quotes." + key + "=" + value);
		assertThat(analysis(output)).contains("persistent-conn.connections.quotes." + key)
			.contains(value)
			.contains(expected);
		fails(Nothing.class, "persistent-conn.defaults.server.protocol=rpc", "persistent-conn.servers.quotes.port=0",
				"persistent-conn.servers.quotes." + key + "=" + value);
		assertThat(analysis(output)).contains("persistent-conn.servers.quotes." + key)
			.contains(value)
			.contains(expected);
	}

	@ParameterizedTest
	@MethodSource("goodForRpcOnly")
	void aPropertyOfRpcsWhereThereAreNone(String property, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.connections.quotes.addresses=localhost:7000",
				"persistent-conn.connections.quotes." + property);
		fails(OneHandler.class, "persistent-conn.servers.quotes.port=0", "persistent-conn.servers.quotes." + property);
		String key = property.substring(0, property.indexOf('='));
		assertThat(analysis(output)).contains("persistent-conn.connections.quotes." + key)
			.contains("persistent-conn.servers.quotes." + key)
			.contains("Expected: not set, because the protocol is tcp, and this is for rpc only.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "366d" })
	void aBadTimeoutOfCalls(String timeout, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.connections.quotes.protocol=rpc",
				"persistent-conn.connections.quotes.addresses=localhost:7000",
				"persistent-conn.connections.quotes.calls.timeout=" + timeout);
		assertThat(analysis(output)).contains("persistent-conn.connections.quotes.calls.timeout")
			.contains(timeout)
			.contains("from zero to 365d");
	}

	@Test
	void twoRpcsOfOneNameAndVersion(CapturedOutput output) {
		fails(TwoEchoes.class, "persistent-conn.servers.quotes.protocol=rpc", "persistent-conn.servers.quotes.port=0");
		assertThat(analysis(output)).contains("The server 'quotes' cannot offer its RPCs. ")
			.contains("two of echo v1 (expected: one of each name and version). These clash: one, other.")
			.contains("@Qualifier");
	}

	@Test
	void aCustomizerThatAddsAnRpcThatIsThere(CapturedOutput output) {
		fails(EchoTwice.class, "persistent-conn.connections.quotes.protocol=rpc",
				"persistent-conn.connections.quotes.addresses=localhost:7000");
		assertThat(analysis(output)).contains("The connection 'quotes' cannot offer its RPCs. ")
			.contains("two of echo v1 (expected: one of each name and version).");
	}

	@ParameterizedTest
	@MethodSource("badAddresses")
	void anAddressThatDoesNotParse(String address, CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.connections.quotes.addresses[0]=localhost:7000",
				"persistent-conn.connections.quotes.addresses[1]=" + address);
		assertThat(analysis(output)).contains("persistent-conn.connections.quotes.addresses[1]")
			.contains("\"" + address + "\"")
			.contains("expected: ");
	}

	@Test
	void noAddresses(CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.connections.quotes.retry-delay=1s");
		assertThat(analysis(output)).contains("persistent-conn.connections.quotes.addresses")
			.contains("Expected: at least one address, or an AddressSource bean that knows 'quotes'.");
	}

	@Test
	void neitherPortNorUnixSocket(CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.servers.quotes.backlog=1");
		assertThat(analysis(output)).contains("persistent-conn.servers.quotes.port")
			.contains("Expected: a port, or a unix-socket instead.");
	}

	@Test
	void twoServersOnOnePort(CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.servers.quotes.port=7000", "persistent-conn.servers.orders.port=7000");
		assertThat(analysis(output)).contains(".port'")
			.contains("7000")
			.containsPattern("Expected: a port that the server '(quotes|orders)' does not have");
	}

	@Test
	void twoServersOnOneUnixSocket(CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.servers.quotes.unix-socket=/run/s",
				"persistent-conn.servers.orders.unix-socket=/run/../run/s");
		assertThat(analysis(output))
			.containsPattern("Expected: a path that the server '(quotes|orders)' does not have");
	}

	@Test
	void aValueThatIsInheritedIsReportedWithWhereItWasSet(CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.connections.quotes.addresses=localhost:7000",
				"persistent-conn.defaults.connection.retryDelay=-5s");
		assertThat(analysis(output)).contains("Invalid value '-5s'")
			.contains("persistent-conn.connections.quotes.retry-delay")
			.contains("Set as 'persistent-conn.defaults.connection.retryDelay' in ");
	}

	@Test
	void tooFewEventLoopThreads(CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.netty.event-loop-threads=-1");
		assertThat(analysis(output)).contains("persistent-conn.netty.event-loop-threads").contains("'-1'");
	}

	@Test
	void anUnknownTransport(CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.netty.transport=io_uring");
		assertThat(analysis(output)).contains("persistent-conn.netty.transport")
			.contains("io_uring")
			.contains("AUTO", "NIO", "EPOLL");
	}

	@Test
	void aUserTimeoutOnATransportThatHasNone(CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.netty.transport=nio", "persistent-conn.servers.quotes.port=0",
				"persistent-conn.servers.quotes.user-timeout=5s");
		assertThat(analysis(output)).contains("persistent-conn.servers.quotes.user-timeout")
			.contains("Expected: not set, because the transport is nio");
	}

	@Test
	void aServerWithoutHandler(CapturedOutput output) {
		fails(Nothing.class, "persistent-conn.servers.quotes.port=0");
		assertThat(analysis(output)).contains("The server 'quotes' has no handler")
			.contains("Define a bean of type TcpHandler with @Qualifier(\"quotes\")");
	}

	@Test
	void oneHandlerWithoutQualifierForTwoServers(CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.servers.quotes.port=0", "persistent-conn.servers.orders.port=0");
		assertThat(analysis(output)).containsPattern("The server '(quotes|orders)' has no handler");
	}

	@Test
	void twoHandlersWithoutQualifier(CapturedOutput output) {
		fails(TwoHandlers.class, "persistent-conn.servers.quotes.port=0");
		assertThat(analysis(output))
			.contains("'quotes' needs one TcpHandler, but these beans could all be meant: one, other.")
			.contains("@Qualifier");
	}

	@Test
	void twoHandlersWithTheSameQualifier(CapturedOutput output) {
		fails(SameQualifier.class, "persistent-conn.servers.quotes.port=0");
		assertThat(analysis(output))
			.contains("'quotes' needs one TcpHandler, but these beans could all be meant: one, other.");
	}

	@Test
	void aPortInUse(CapturedOutput output) throws Exception {
		try (ServerSocket other = new ServerSocket(0)) {
			fails(OneHandler.class, "persistent-conn.servers.quotes.port=" + other.getLocalPort());
			assertThat(analysis(output)).contains("The server 'quotes' could not be started")
				.contains("Cannot listen on 0.0.0.0:" + other.getLocalPort())
				.contains("already in use");
		}
	}

	@Test
	void aUnixSocketInAMissingDirectory(CapturedOutput output) {
		fails(OneHandler.class, "persistent-conn.servers.quotes.unix-socket=/missing/quotes.sock");
		assertThat(analysis(output)).contains("The server 'quotes' could not be started")
			.contains("/missing/quotes.sock");
	}

	@Test
	void aConnectionThatMustSucceedDoesNot(CapturedOutput output) {
		String nobody = Listener.nobody();
		fails(Nothing.class, "persistent-conn.connections.quotes.addresses=" + nobody,
				"persistent-conn.connections.quotes.fail-fast=true");
		assertThat(analysis(output)).contains("The connection 'quotes' could not be established")
			.contains(nobody)
			.contains("persistent-conn.connections.quotes.fail-fast");
	}

	private static void fails(Class<?> configuration, String... properties) {
		SpringApplication application = new SpringApplication(configuration);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] arguments = Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> application.run(arguments).close());
	}

	private static String analysis(CapturedOutput output) {
		int start = output.getAll().indexOf("APPLICATION FAILED TO START");
		assertThat(start).as("a failure analysis in: %s", output).isNotNegative();
		return output.getAll().substring(start);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PersistentConnAutoConfiguration.class, PersistentConnConnectionsAutoConfiguration.class,
			PersistentConnServersAutoConfiguration.class })
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class OneHandler extends Nothing {

		@Bean
		TcpHandler<SocketAddress> one() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoHandlers extends OneHandler {

		@Bean
		TcpHandler<SocketAddress> other() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameQualifier extends Nothing {

		@Bean
		@Qualifier("quotes")
		TcpHandler<SocketAddress> one() {
			return Handlers.echo();
		}

		@Bean
		@Qualifier("quotes")
		TcpHandler<SocketAddress> other() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoEchoes extends Nothing {

		@Bean
		Implementation one() {
			return RpcPeer.ECHO.implementNow((context, text) -> text);
		}

		@Bean
		Implementation other() {
			return RpcPeer.ECHO.implementNow((context, text) -> text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoTwice extends Nothing {

		@Bean
		RpcConnectionCustomizer echo() {
			Implementation echo = RpcPeer.ECHO.implementNow((context, text) -> text);
			return (name, end) -> end.implementations().add(echo).add(echo);
		}

	}

}
