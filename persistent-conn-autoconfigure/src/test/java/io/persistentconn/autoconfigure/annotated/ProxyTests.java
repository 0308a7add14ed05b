package io.persistentconn.autoconfigure.annotated;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.autoconfigure.contract.RpcContractException;
import io.persistentconn.autoconfigure.server.TcpServers;
import io.persistentconn.autoconfigure.testing.RpcPeer;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.RpcConnection;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that are proxies, or lazy, or in a parent context.
 */
class ProxyTests {

	private static final Rpc<String, String> ECHO = Rpc.of("echo", 1, BinCodecs.STRING, BinCodecs.STRING);

	@Test
	void aServiceThatIsAProxyOfItsClassIsCalledThroughTheProxy() {
		Applications.server(ClassProxies.class, ByClass.class).run((context) -> {
			assertThat(AopUtils.isCglibProxy(context.getBean(ByClass.class))).isTrue();
			assertThat(echo(context, "x")).isEqualTo("x by class");
			assertThat(context.getBean(Calls.class).methods).containsExactly("echo");
		});
	}

	@Test
	void aServiceThatIsAProxyOfItsInterfaceIsCalledThroughTheProxy() {
		Applications.server(InterfaceProxies.class, MakesByInterface.class).run((context) -> {
			assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Echo.class))).isTrue();
			assertThat(echo(context, "x")).isEqualTo("x by interface");
			assertThat(context.getBean(Calls.class).methods).containsExactly("echo");
		});
	}

	@Test
	void aMethodThatTheProxyDoesNotHaveIsRefused() {
		Applications.server(InterfaceProxies.class, NotInInterface.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalStateException.class)
				.satisfies((cause) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(RpcContractException.class.getName() + ": "
							+ NotInInterface.class.getName() + ".other(String)")));
	}

	@Test
	void aLazyServiceIsServed() {
		Applications.server(LazyService.class).run((context) -> assertThat(echo(context, "x")).isEqualTo("x lazily"));
	}

	@Test
	void aServiceIsForTheServersThatItNames() {
		Applications.server(ForOrders.class)
			.withPropertyValues("persistent-conn.servers.orders.protocol=rpc", "persistent-conn.servers.orders.port=0")
			.run((context) -> {
				try (RpcPeer peer = RpcPeer.create()) {
					assertThat(RpcPeer.offered(Applications.connect(context, peer))).isEmpty();
				}
			});
	}

	@Test
	void aServerOfAChildContextOffersServicesOfItsParent() {
		Applications.server(LazyService.class)
			.run((parent) -> Applications.server()
				.withPropertyValues("persistent-conn.servers.child.protocol=rpc",
						"persistent-conn.servers.child.port=0")
				.withParent(parent)
				.run((child) -> {
					try (RpcPeer peer = RpcPeer.create()) {
						RpcConnection connection = peer.connect(child.getBean(TcpServers.class).get("child"));
						assertThat(RpcPeer.offered(connection)).contains("echo");
					}
				}));
	}

	private static String echo(AssertableApplicationContext context, String text) {
		try (RpcPeer peer = RpcPeer.create()) {
			return RpcPeer.get(ECHO.dispatch(Applications.connect(context, peer), text));
		}
	}

	interface Echo {

		@RpcMapping
		CompletableFuture<String> echo(String text);

	}

	@RpcService
	static class ByClass {

		private final String how = "by class";

		@RpcMapping
		String echo(String text) {
			return text + " " + this.how;
		}

	}

	static class ByInterface implements Echo {

		@Override
		public CompletableFuture<String> echo(String text) {
			return CompletableFuture.completedFuture(text + " by interface");
		}

	}

	@RpcService
	static class HandlerNotInInterface extends ByInterface {

		@RpcExceptionHandler
		public Exception mapped(Exception ex) {
			return ex;
		}

	}

	@RpcService
	static class AnnotatedByInterface extends ByInterface {

	}

	@Configuration(proxyBeanMethods = false)
	static class MakesByInterface {

		@Bean
		AnnotatedByInterface byInterface() {
			return new AnnotatedByInterface();
		}

	}

	@RpcService
	static class NotInInterface extends ByInterface {

		@RpcMapping
		public String other(String text) {
			return text;
		}

	}

	@RpcService
	@Lazy
	static class LazyService {

		@RpcMapping
		String echo(String text) {
			return text + " lazily";
		}

	}

	@RpcService(server = "orders")
	static class ForOrders {

		@RpcMapping
		String echo(String text) {
			return text;
		}

	}

	static class Calls {

		private final List<String> methods = new CopyOnWriteArrayList<>();

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxies {

		@Bean
		static Calls calls() {
			return new Calls();
		}

		@Bean
		static DefaultAdvisorAutoProxyCreator proxies() {
			return new DefaultAdvisorAutoProxyCreator();
		}

		@Bean
		static DefaultPointcutAdvisor advisor(Calls calls) {
			MethodInterceptor interceptor = (invocation) -> {
				calls.methods.add(invocation.getMethod().getName());
				return invocation.proceed();
			};
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forClassAnnotation(RpcService.class),
					interceptor);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxies extends InterfaceProxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxies() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

}
