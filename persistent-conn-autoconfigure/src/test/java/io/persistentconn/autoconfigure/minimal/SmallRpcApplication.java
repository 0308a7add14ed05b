package io.persistentconn.autoconfigure.minimal;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.persistentconn.annotation.ImportRpcClients;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.concurrent.PipeWriter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;

/**
 * A contract of both sides without types of Reactor.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ToOwnServer.class, SmallRpcApplication.TextsService.class })
@ImportRpcClients(types = SmallRpcApplication.Texts.class, connection = "quotes")
class SmallRpcApplication {

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(SmallRpcApplication.class, args)) {
			System.out.println("Reactor: " + ClassUtils.isPresent("reactor.core.publisher.Flux", null));
			Texts texts = context.getBean("quotes#" + Texts.class.getName(), Texts.class);
			System.out.println("upper: " + texts.upper("x").join());
			try (Stream<String> letters = texts.letters("abc")) {
				System.out.println("letters: " + letters.toList());
			}
		}
		System.out.println("the end");
	}

	interface Texts {

		@RpcMapping
		CompletableFuture<String> upper(String text);

		@RpcMapping
		Stream<String> letters(String text);

		@RpcMapping
		Flow.Publisher<String> published(String text);

	}

	@RpcService
	static class TextsService implements Texts {

		@Override
		public CompletableFuture<String> upper(String text) {
			return CompletableFuture.completedFuture(text.toUpperCase(Locale.ROOT));
		}

		@Override
		public Stream<String> letters(String text) {
			return text.chars().mapToObj(Character::toString);
		}

		@Override
		public Flow.Publisher<String> published(String text) {
			return PipeWriter.<String>create().pipe();
		}

	}

}
