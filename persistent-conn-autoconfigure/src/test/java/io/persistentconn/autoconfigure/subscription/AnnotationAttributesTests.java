package io.persistentconn.autoconfigure.subscription;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.subscription.BookService.Change;
import io.persistentconn.autoconfigure.subscription.BookService.Position;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.durable.PipeUpdate;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What annotations say besides what everybody says.
 */
class AnnotationAttributesTests {

	@Test
	void allTextsOfASubscriptionMayHavePlaceholders() {
		Applications.runner(Placeholders.class)
			.withPropertyValues("test.connection=quotes", "test.rpc=since", "test.name=own", "test.bean=fixed",
					"persistent-conn.subscriptions.own.resubscribe-delay=7ms")
			.run((context) -> {
				context.getBean(Placeholders.class).news.awaitLast("success");
				NamedSubscription own = context.getBean(Subscriptions.class).get("own");
				assertThat(own.rpc()).hasToString("since v2");
				assertThat(own.connection().name()).isEqualTo("quotes");
				assertThat(Applications.service(context).queries()).containsOnly("Position[symbol=MSFT, number=9]");
			});
	}

	@Test
	void aCodecBeanIsForWhatIsSubscribedToAsWell() {
		Applications.runner(Converts.class).run((context) -> {
			Converts reader = context.getBean(Converts.class);
			reader.news.awaitLast("success");
			Applications.service(context).change(5);
			reader.news.awaitLast("Cents[number=500]");
		});
	}

	@Test
	void theValueOfAServiceIsTheNameOfItsBean() {
		Applications.runner(NamedService.class)
			.run((context) -> assertThat(context).getBean("greetings").isInstanceOf(NamedService.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Placeholders {

		final News news = new News();

		@Bean
		Position fixed() {
			return new Position("MSFT", 9);
		}

		@DurableSubscription(connection = "${test.connection}", rpc = "${test.rpc}", version = 2, name = "${test.name}",
				queryBean = "${test.bean}")
		void on(PipeUpdate<Change, String> update) {
			this.news.add(update);
		}

	}

	record Cents(long number) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Converts {

		final News news = new News();

		@Bean
		static BinCodec<Cents> cents() {
			return BinCodecs.convert(BinCodecs.INT, (whole) -> new Cents(whole * 100), (cents) -> cents.number() / 100);
		}

		@DurableSubscription(connection = "quotes", rpc = "changes")
		void on(PipeUpdate<Cents, String> update) {
			this.news.add(update);
		}

	}

	@RpcService("greetings")
	static class NamedService {

		@RpcMapping
		String greet(String name) {
			return "Hello, " + name;
		}

	}

}
