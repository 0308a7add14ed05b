package io.persistentconn.autoconfigure.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.autoconfigure.connection.PersistentConnections;
import io.persistentconn.autoconfigure.connection.RpcConnectionCustomizer;
import io.persistentconn.autoconfigure.testing.Contexts;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.autoconfigure.testing.ToOwnServer;
import io.persistentconn.rpc.CallListener;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.IncomingCall;
import io.persistentconn.rpc.NotAuthorizedException;
import io.persistentconn.rpc.OutgoingCall;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.rpc.RpcInterceptor;
import io.persistentconn.rpc.protocol.QueryMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class RpcInterceptorBeansTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final ApplicationContextRunner runner = Contexts
		.runner("persistent-conn.connections.quotes.protocol=rpc", "persistent-conn.servers.quotes.protocol=rpc",
				"persistent-conn.servers.quotes.port=0", "persistent-conn.defaults.connection.retry-delay=20ms")
		.withUserConfiguration(ToOwnServer.class)
		.withBean(Implementation.class, () -> RpcPeer.ECHO.implementNow((context, text) -> text));

	@Test
	@Tag("R9")
	void allSeeTheCallsOfServersAndConnectionsInOrder() {
		this.runner.withUserConfiguration(Two.class).run((context) -> {
			RpcConnection connection = context.getBean(PersistentConnections.class).rpc("quotes").awaitConnected(LONG);
			assertThat(RpcPeer.get(RpcPeer.ECHO.dispatch(connection, "hello"))).isEqualTo("hello");
			assertThat(context.getBean(Two.class).seen).containsExactly("first dispatching", "second dispatching",
					"customizer dispatching", "first serving", "second serving");
		});
	}

	@Test
	@Tag("R10")
	void oneMayAskEachCallerForAPassword() {
		this.runner.withBean(RpcInterceptor.class, Password::new).run((context) -> {
			RpcConnection connection = context.getBean(PersistentConnections.class).rpc("quotes").awaitConnected(LONG);
			QueryMetadata right = QueryMetadata.of("open sesame");
			assertThat(RpcPeer.get(RpcPeer.ECHO.dispatch(connection, "hello", right))).isEqualTo("hello");
			assertThat(RpcPeer.ECHO.dispatch(connection, "hello", QueryMetadata.of("please"))).failsWithin(LONG)
				.withThrowableThat()
				.withMessageContaining("AuthorizationFailure")
				.withMessageContaining("not with this password");
		});
	}

	private static final class Password implements RpcInterceptor {

		@Override
		public CallListener serving(IncomingCall call) {
			if (!call.metadata().equals(Optional.of(QueryMetadata.of("open sesame")))) {
				throw new NotAuthorizedException("not with this password");
			}
			return CallListener.NONE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		RpcInterceptor second() {
			return new Recording("second", this.seen);
		}

		@Bean
		@Order(1)
		RpcInterceptor first() {
			return new Recording("first", this.seen);
		}

		@Bean
		RpcConnectionCustomizer customizer() {
			return (name, end) -> end.interceptors().add(new Recording("customizer", this.seen));
		}

	}

	private record Recording(String name, List<String> seen) implements RpcInterceptor {

		@Override
		public CallListener dispatching(OutgoingCall call) {
			this.seen.add(this.name + " dispatching");
			return CallListener.NONE;
		}

		@Override
		public CallListener serving(IncomingCall call) {
			this.seen.add(this.name + " serving");
			return CallListener.NONE;
		}

	}

}
