package io.persistentconn.readme;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the README leaves to the tools of its reader: the imports, and compiling.
 */
final class NewcomersIde {

	private static final String IMPORTS = Stream
		.of("io.persistentconn.annotation.DurableSubscription", "io.persistentconn.annotation.ImportRpcClients",
				"io.persistentconn.annotation.OneWay", "io.persistentconn.annotation.RpcMapping",
				"io.persistentconn.annotation.RpcService", "io.persistentconn.autoconfigure.aot.BinCodecHints",
				"io.persistentconn.autoconfigure.event.PersistentConnectionEvent",
				"io.persistentconn.autoconfigure.server.TcpServers",
				"io.persistentconn.autoconfigure.subscription.NamedSubscription",
				"io.persistentconn.autoconfigure.subscription.Subscriptions",
				"io.persistentconn.autoconfigure.test.AutoConfigureInMemoryConnections",
				"io.persistentconn.binprot.BinCodecs", "io.persistentconn.binprot.Result",
				"io.persistentconn.concurrent.Pipe", "io.persistentconn.connection.ConnectContext",
				"io.persistentconn.connection.ConnectionEvent", "io.persistentconn.connection.PersistentConnection",
				"io.persistentconn.connection.RetryDelay", "io.persistentconn.durable.Durable",
				"io.persistentconn.durable.DurableStateRpc", "io.persistentconn.durable.PipeUpdate",
				"io.persistentconn.durable.StateUpdate", "io.persistentconn.durable.SubscriptionOptions",
				"io.persistentconn.rpc.Implementation", "io.persistentconn.rpc.Implementations",
				"io.persistentconn.rpc.Rpc", "io.persistentconn.rpc.RpcClient", "io.persistentconn.rpc.RpcConnection",
				"io.persistentconn.rpc.RpcOptions", "io.persistentconn.rpc.RpcServer", "io.persistentconn.rpc.StateRpc",
				"io.persistentconn.rpc.StateStream", "io.persistentconn.rpc.versioned.CallerConverts",
				"io.persistentconn.rpc.versioned.CallerRpc", "io.persistentconn.rpc.versioned.CallerStateRpc",
				"io.persistentconn.rpc.versioned.ConnectionWithMenu",
				"io.persistentconn.rpc.versioned.ConversionException", "io.persistentconn.tcp.CloseExisting",
				"io.persistentconn.tcp.HostAndPort", "io.persistentconn.tcp.NettyTransport",
				"io.persistentconn.tcp.TcpClient", "io.persistentconn.tcp.TcpConnection",
				"io.persistentconn.tcp.TcpHandler", "io.persistentconn.tcp.TcpServer",
				"io.persistentconn.tcp.WhereToConnect", "io.persistentconn.tcp.WhereToListen",
				"java.net.InetSocketAddress", "java.time.Duration", "java.util.List",
				"java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage",
				"java.util.concurrent.locks.LockSupport", "java.util.stream.Stream", "org.slf4j.Logger",
				"org.springframework.aot.hint.RuntimeHints", "org.springframework.aot.hint.RuntimeHintsRegistrar",
				"org.springframework.beans.factory.annotation.Autowired", "org.springframework.boot.ApplicationRunner",
				"org.springframework.boot.SpringApplication",
				"org.springframework.boot.autoconfigure.SpringBootApplication",
				"org.springframework.context.annotation.Bean", "org.springframework.context.event.EventListener")
		.map((type) -> "import " + type + ";\n")
		.collect(Collectors.joining());

	private NewcomersIde() {
	}

	/** Writes a class of a package below a source folder, adding imports. */
	static void write(Path folder, String packageName, String className, String code, String... moreImports)
			throws IOException {
		Path directory = Files.createDirectories(folder.resolve(packageName.replace('.', '/')));
		String more = Stream.of(moreImports).map((type) -> "import " + type + ";\n").collect(Collectors.joining());
		Files.writeString(directory.resolve(className + ".java"),
				"package " + packageName + ";\n\n" + IMPORTS + more + "\n" + code);
	}

	/**
	 * Compiles a source folder as Spring Boot's Maven parent does; says what is wrong.
	 */
	static void compile(Path sources, Path classes, String classPath) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		Files.createDirectories(classes);
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> paths = Files.walk(sources)) {
			List<File> units = paths.filter((path) -> path.toString().endsWith(".java")).map(Path::toFile).toList();
			boolean compiled = compiler
				.getTask(messages, files, null, List.of("--release", "17", "-parameters", "-proc:none", "-classpath",
						classPath, "-d", classes.toString()), null, files.getJavaFileObjectsFromFiles(units))
				.call();
			if (!compiled) {
				throw new AssertionError("The code of the README does not compile:\n" + messages);
			}
		}
	}

}
