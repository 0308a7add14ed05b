package io.persistentconn.autoconfigure.annotated;

import java.io.InputStream;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.PersistentConnAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnConnectionsAutoConfiguration;
import io.persistentconn.autoconfigure.PersistentConnServersAutoConfiguration;
import io.persistentconn.autoconfigure.testing.Handlers;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.tcp.TcpHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Mistakes stop the start of an application, with an analysis that names the class and
 * the method.
 */
@ExtendWith(OutputCaptureExtension.class)
class MistakeTests {

	private static final String OWN = MistakeTests.class.getName() + "$";

	private static final String[] SERVER = { "persistent-conn.servers.quotes.protocol=rpc",
			"persistent-conn.servers.quotes.port=0" };

	private static final String[] CONNECTION = { "persistent-conn.connections.quotes.protocol=rpc",
			"persistent-conn.connections.quotes.addresses=localhost:7000" };

	@Test
	void twoServicesWithTheSameRpcOnOneServer(CapturedOutput output) {
		assertThat(analysis(output, SERVER, One.class, Two.class))
			.contains("The server 'quotes' cannot offer its RPCs. ", "two of echo v1")
			.contains("These clash: " + OWN + "One.echo(String) (unary), " + OWN + "Two.echo(String) (unary)")
			.contains("@RpcService(server)");
	}

	@Test
	void aServiceAndABeanWithTheSameRpc(CapturedOutput output) {
		assertThat(analysis(output, SERVER, One.class, EchoBean.class))
			.contains("These clash: echoBean, " + OWN + "One.echo(String) (unary)");
	}

	@Test
	void aStreamWhereTheContractHasAValue(CapturedOutput output) {
		assertThat(analysis(output, SERVER, StreamsInstead.class)).contains(OWN + "StreamsInstead.echo(String) (unary)",
				OWN + "StreamsInstead.echo(String, RpcConnection) (pipe)");
	}

	@Test
	void aMethodThatContradictsItsContract(CapturedOutput output) {
		assertThat(analysis(output, SERVER, Contradicts.class))
			.contains(OWN + "Contradicts.done(String): it is done v1, one-way, but in " + OWN
					+ "Contract.done(String) it is done v1, unary.");
		assertThat(analysis(output, SERVER, ContradictsVersion.class))
			.contains(OWN + "ContradictsVersion.done(String): it is done v2, unary, but in ");
	}

	@Test
	void aTypeWithoutCodec(CapturedOutput output) {
		assertThat(analysis(output, SERVER, TakesInputStream.class))
			.contains(OWN + "TakesInputStream.take(InputStream): there is no codec for its parameter input, "
					+ "java.io.InputStream")
			.contains("define a bean of type BinCodec");
		assertThat(analysis(output, SERVER, GivesThreads.class))
			.contains(OWN + "GivesThreads.give(): there is no codec for its updates, java.lang.Thread");
		assertThat(analysis(output, SERVER, GivesAnything.class))
			.contains(OWN + "GivesAnything.give(): its result, java.util.concurrent.CompletableFuture, has no type");
	}

	@Test
	void aOneWayMethodWithAResult(CapturedOutput output) {
		assertThat(analysis(output, SERVER, AnswersOneWay.class))
			.contains(OWN + "AnswersOneWay.log(String): it has a result, and is @OneWay.");
	}

	@Test
	void aServerThatIsNotThere(CapturedOutput output) {
		assertThat(analysis(output, SERVER, ForQoutes.class)).contains(OWN + "ForQoutes: there is no server 'qoutes'.");
		assertThat(analysis(output, new String[0], ForQoutes.class))
			.contains(OWN + "ForQoutes: there is no server 'qoutes'.");
	}

	@Test
	void aServerOfAnotherProtocol(CapturedOutput output) {
		assertThat(analysis(output,
				new String[] { "persistent-conn.servers.qoutes.port=0", "spring.main.lazy-initialization=true" },
				ForQoutes.class, OneHandler.class))
			.contains(OWN + "ForQoutes: the server 'qoutes' is none of RPCs, as its protocol is tcp.");
	}

	@Test
	void aConnectionThatIsNotThere(CapturedOutput output) {
		assertThat(analysis(output, CONNECTION, ImportsOverQoutes.class)).contains(OWN + "Contract: its connection "
				+ "'qoutes' cannot be used: name: \"qoutes\" (expected: one of quotes).");
	}

	@Test
	void aConnectionOfAnotherProtocol(CapturedOutput output) {
		assertThat(analysis(output, new String[] { "persistent-conn.connections.qoutes.addresses=localhost:7000" },
				ImportsOverQoutes.class))
			.contains(OWN + "Contract: its connection 'qoutes' is none of RPCs, as its protocol is tcp.")
			.contains("protocol: rpc");
	}

	@Test
	void aContractWithOtherMethods(CapturedOutput output) {
		assertThat(analysis(output, CONNECTION, ImportsMixed.class)).contains(OWN + "Mixed.other(): it is not an RPC.");
		assertThat(analysis(output, CONNECTION, ImportsCaller.class))
			.contains(OWN + "Caller.echo(String, RpcConnection): a parameter tells about the caller");
		assertThat(analysis(output, CONNECTION, ImportsClass.class)).contains(OWN + "One: it is not an interface.");
	}

	@Test
	void anExceptionHandlerWithoutException(CapturedOutput output) {
		assertThat(analysis(output, SERVER, HandlesText.class))
			.contains(OWN + "HandlesText.handle(String): it does not take an exception.");
	}

	@Test
	void twoCodecsForOneType(CapturedOutput output) {
		assertThat(analysis(output, SERVER, One.class, TwoCodecs.class))
			.contains("The beans first and second: both are a BinCodec for java.lang.String.");
	}

	private static String analysis(CapturedOutput output, String[] properties, Class<?>... types) {
		int before = output.getAll().length();
		SpringApplication application = new SpringApplication(Nothing.class);
		application.addPrimarySources(Arrays.asList(types));
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] arguments = Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> application.run(arguments).close());
		String text = output.getAll().substring(before);
		int start = text.indexOf("APPLICATION FAILED TO START");
		assertThat(start).as("a failure analysis in: %s", text).isNotNegative();
		return text.substring(start);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PersistentConnAutoConfiguration.class, PersistentConnConnectionsAutoConfiguration.class,
			PersistentConnServersAutoConfiguration.class })
	static class Nothing {

	}

	@RpcService
	static class One {

		@RpcMapping
		String echo(String text) {
			return text;
		}

	}

	@RpcService
	static class Two extends One {

		@Override
		String echo(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneHandler {

		@Bean
		TcpHandler<SocketAddress> handler() {
			return Handlers.echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoBean {

		@Bean
		Implementation echoBean() {
			return Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING).implementNow((context, text) -> text);
		}

	}

	interface EchoContract {

		@RpcMapping
		CompletableFuture<String> echo(String text);

	}

	@RpcService
	static class StreamsInstead implements EchoContract {

		@Override
		public CompletableFuture<String> echo(String text) {
			return CompletableFuture.completedFuture(text);
		}

		@RpcMapping
		Pipe<String> echo(String text, RpcConnection connection) {
			throw new UnsupportedOperationException();
		}

	}

	interface Contract {

		@RpcMapping
		void done(String text);

	}

	@RpcService
	static class Contradicts implements Contract {

		@Override
		@OneWay
		public void done(String text) {
		}

	}

	@RpcService
	static class ContradictsVersion implements Contract {

		@Override
		@RpcMapping(version = 2)
		public void done(String text) {
		}

	}

	@RpcService
	static class TakesInputStream {

		@RpcMapping
		void take(InputStream input) {
		}

	}

	@RpcService
	static class GivesThreads {

		@RpcMapping
		Pipe<Thread> give() {
			throw new UnsupportedOperationException();
		}

	}

	@RpcService
	static class GivesAnything {

		@RpcMapping
		@SuppressWarnings("rawtypes")
		CompletableFuture give() {
			throw new UnsupportedOperationException();
		}

	}

	@RpcService
	static class AnswersOneWay {

		@RpcMapping
		@OneWay
		String log(String line) {
			return line;
		}

	}

	@RpcService(server = "qoutes")
	static class ForQoutes {

		@RpcMapping
		Optional<String> echo(String text) {
			return Optional.of(text);
		}

	}

	@ImportRpcClients(types = Contract.class, connection = "qoutes")
	static class ImportsOverQoutes {

	}

	interface Mixed {

		@RpcMapping
		String echo(String text);

		String other();

	}

	@ImportRpcClients(types = Mixed.class, connection = "quotes")
	static class ImportsMixed {

	}

	interface Caller {

		@RpcMapping
		String echo(String text, RpcConnection connection);

	}

	@ImportRpcClients(types = Caller.class, connection = "quotes")
	static class ImportsCaller {

	}

	@ImportRpcClients(types = One.class, connection = "quotes")
	static class ImportsClass {

	}

	@RpcService
	static class HandlesText extends One {

		@RpcExceptionHandler
		String handle(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoCodecs {

		@Bean
		BinCodec<String> first() {
			return BinCodecs.STRING;
		}

		@Bean
		BinCodec<String> second() {
			return BinCodecs.STRING;
		}

	}

}
