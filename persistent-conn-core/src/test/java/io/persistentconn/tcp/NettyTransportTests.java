package io.persistentconn.tcp;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.persistentconn.concurrent.NonBlockingThread;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NettyTransportTests {

	@Test
	void autoIsEpollWhereThatIsAvailable() {
		NettyTransport transport = NettyTransport.auto();
		assertThat(transport.name()).isEqualTo(Epoll.isAvailable() ? "epoll" : "nio");
		transport.closeAsync().join();
	}

	@Test
	void autoIsNioWhereEpollIsNotThere() throws Exception {
		List<URL> withoutEpoll = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			if (!entry.contains("epoll")) {
				withoutEpoll.add(Path.of(entry).toUri().toURL());
			}
		}
		try (URLClassLoader loader = new URLClassLoader(withoutEpoll.toArray(new URL[0]),
				ClassLoader.getPlatformClassLoader())) {
			Class<?> type = loader.loadClass(NettyTransport.class.getName());
			Object transport = type.getMethod("auto").invoke(null);
			assertThat(type.getMethod("name").invoke(transport)).isEqualTo("nio");
			((CompletableFuture<?>) type.getMethod("closeAsync").invoke(transport)).join();
			assertThat(type.getMethod("epoll"))
				.satisfies((epoll) -> assertThatIllegalStateException().isThrownBy(() -> {
					try {
						epoll.invoke(null);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				})
					.withMessage(
							"transport: epoll (expected: Linux, and netty-transport-native-epoll for its processor)"));
		}
	}

	@Test
	@Tag("T6")
	void threadsAreNamedDaemonsThatMustNotBlock() throws Exception {
		NettyTransport transport = NettyTransport.nio(2, "quotes");
		Thread thread = transport.next().submit(Thread::currentThread).get();
		assertThat(thread.getName()).startsWith("quotes-");
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread).isInstanceOf(NonBlockingThread.class);
		assertThat(transport.eventLoopGroup()).hasSize(2);
		transport.closeAsync().join();
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void closingIsIdempotentAndCanBeObserved() {
		NettyTransport transport = NettyTransport.nio(1, "quotes");
		assertThat(transport.isClosed()).isFalse();
		assertThat(transport.closeFinished()).isNotDone();
		transport.closeAsync().cancel(false);
		assertThat(transport.isClosed()).isTrue();
		transport.closeAsync().join();
		assertThat(transport.closeFinished()).isCompleted();
		assertThat(transport).hasToString("NettyTransport(nio)");
	}

	@Test
	void eventLoopsOfTheCallersAreLeftRunning() {
		EventLoopGroup own = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		NettyTransport transport = NettyTransport.over(own);
		assertThat(transport.name()).isEqualTo("nio");
		transport.closeAsync().join();
		assertThat(own.isShuttingDown()).isFalse();
		own.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void theKindOfTheCallersEventLoopsIsFoundOut() {
		assumeTrue(Epoll.isAvailable(), "epoll is not available on this platform");
		EventLoopGroup own = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		assertThat(NettyTransport.over(own).name()).isEqualTo("epoll");
		own.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	@Tag("T12")
	void badArgumentsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> NettyTransport.nio(-1, "quotes"))
			.withMessage("threads: -1 (expected: >= 0)");
		EventLoopGroup foreign = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
		assertThatIllegalArgumentException().isThrownBy(() -> NettyTransport.over(foreign))
			.withMessageEndingWith("(expected: event loops driven by NIO or epoll)");
		foreign.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
