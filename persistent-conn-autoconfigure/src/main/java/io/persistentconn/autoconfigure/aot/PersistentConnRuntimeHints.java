package io.persistentconn.autoconfigure.aot;

import java.util.List;

import io.persistentconn.autoconfigure.connection.PersistentConnectionFactory;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.server.ServerFactory;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;
import io.persistentconn.binprot.Either;
import io.persistentconn.binprot.Info;
import io.persistentconn.binprot.Pair;
import io.persistentconn.binprot.Result;
import io.persistentconn.binprot.Sexp;
import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.rpc.protocol.Digests;
import io.persistentconn.tcp.TcpServer;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Tells a native image what this library itself finds by reflection, in any application.
 */
final class PersistentConnRuntimeHints implements RuntimeHintsRegistrar {

	private static final String BINPROT = BinCodec.class.getPackageName();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(PersistentConnProperties.class).registerHints(hints);
		registerEntries(hints.reflection());
		registerCodecs(hints.reflection());
	}

	/**
	 * The beans of entries are defined when the application starts: see EntryDefinitions.
	 */
	private static void registerEntries(ReflectionHints hints) {
		List<TypeReference> name = TypeReference.listOf(String.class);
		hints.registerType(PersistentConnectionFactory.class,
				(type) -> type.withMethod("connection", name, ExecutableMode.INVOKE));
		hints.registerType(ServerFactory.class, (type) -> type.withMethod("server", name, ExecutableMode.INVOKE));
		hints.registerTypes(
				TypeReference.listOf(PersistentConnection.class, TcpServer.class, RpcServer.class,
						AsyncCloseable.class),
				(type) -> type.withMethod("closeAsync", List.of(), ExecutableMode.INVOKE));
	}

	/** The method handles that derived codecs are made of, and what is always derived. */
	private static void registerCodecs(ReflectionHints hints) {
		hints.registerTypes(
				List.of(TypeReference.of(BinCodec.class), TypeReference.of(BinReader.class),
						TypeReference.of(BinWriter.class), TypeReference.of(BINPROT + ".SmallIntCodec"),
						TypeReference.of(BINPROT + ".RecordHandles")),
				(type) -> type.withMembers(MemberCategory.INVOKE_PUBLIC_METHODS,
						MemberCategory.INVOKE_DECLARED_METHODS));
		hints.registerType(Math.class, (type) -> type.withMethod("addExact", TypeReference.listOf(int.class, int.class),
				ExecutableMode.INVOKE));
		BinCodecHints.register(hints, Sexp.class, Info.class, Pair.class, Result.class, Either.class, Digests.class);
	}

}
