package io.persistentconn.autoconfigure.aot;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.Set;

import io.persistentconn.autoconfigure.beans.EntryDefinitions;
import io.persistentconn.autoconfigure.connection.ConnectionDefinitions;
import io.persistentconn.autoconfigure.connection.PersistentConnectionFactory;
import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.HeartbeatProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.ServerProperties;
import io.persistentconn.autoconfigure.properties.SubscriptionProperties;
import io.persistentconn.autoconfigure.server.ServerDefinitions;
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
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every application with this library tells a native image.
 */
class PersistentConnRuntimeHintsTests {

	private final Hints hints = Hints.of();

	@Test
	void propertiesAreBound() {
		Set<Class<?>> records = new LinkedHashSet<>();
		collect(ResolvableType.forClass(PersistentConnProperties.class), records);
		assertThat(records).contains(ConnectionProperties.class, ServerProperties.class, SubscriptionProperties.class,
				HeartbeatProperties.class);
		assertThat(records).allMatch((record) -> this.hints
			.test(RuntimeHintsPredicates.reflection().onConstructorInvocation(record.getDeclaredConstructors()[0])));
	}

	/** The records of the properties, wherever one has another. */
	private static void collect(ResolvableType type, Set<Class<?>> records) {
		Class<?> found = type.toClass();
		for (ResolvableType argument : type.getGenerics()) {
			collect(argument, records);
		}
		if (found.isRecord() && found.getPackage() == PersistentConnProperties.class.getPackage()
				&& records.add(found)) {
			for (RecordComponent component : found.getRecordComponents()) {
				collect(ResolvableType.forType(component.getGenericType()), records);
			}
		}
	}

	@Test
	void entriesAreMadeAndDestroyedByReflection() throws NoSuchMethodException {
		assertThat(makes(PersistentConnectionFactory.class, ConnectionDefinitions.KIND)).isTrue();
		assertThat(makes(ServerFactory.class, ServerDefinitions.KIND)).isTrue();
		assertThat(destroys(PersistentConnection.class)).isTrue();
		assertThat(destroys(TcpServer.class)).isTrue();
		assertThat(destroys(RpcServer.class)).isTrue();
		assertThat(destroys(AsyncCloseable.class)).as("by the interface, as Spring does").isTrue();
	}

	private boolean destroys(Class<?> type) throws NoSuchMethodException {
		return this.hints.test(RuntimeHintsPredicates.reflection().onMethodInvocation(type.getMethod("closeAsync")));
	}

	private boolean makes(Class<?> factory, EntryDefinitions.Kind kind) throws NoSuchMethodException {
		return this.hints.test(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(factory.getMethod(kind.factoryMethod(), String.class)));
	}

	@Test
	void derivedCodecsFindWhatTheyAreMadeOf() throws ReflectiveOperationException {
		assertThat(this.hints.calls(BinCodec.class, "size")).isTrue();
		assertThat(this.hints.calls(BinReader.class, "readOcamlInt")).isTrue();
		assertThat(this.hints.calls(BinWriter.class, "writeOcamlInt")).isTrue();
		assertThat(this.hints.calls(Class.forName("io.persistentconn.binprot.SmallIntCodec"), "readShort")).isTrue();
		assertThat(this.hints.calls(Class.forName("io.persistentconn.binprot.RecordHandles"), "present")).isTrue();
		assertThat(this.hints.test(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Math.class.getMethod("addExact", int.class, int.class)))).isTrue();
	}

	@Test
	void codecsThatAreThereAnywayAreDerived() {
		this.hints.assertDerivable(Sexp.class, Sexp.Atom.class, Sexp.List.class, Info.class, Info.SourcePosition.class,
				Info.TagSexp.class, Pair.class, Result.class, Result.Ok.class, Result.Err.class, Either.class,
				Either.First.class, Either.Second.class, Digests.class, Digests.Streaming.class);
	}

}
