package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * Reads the RPCs of classes and interfaces.
 */
public final class RpcContracts {

	private final Function<Type, BinCodec<Object>> codecs;

	/**
	 * Creates a reader.
	 * @param beans have the codecs
	 */
	public RpcContracts(ListableBeanFactory beans) {
		this(new CodecBeans(beans)::codec);
	}

	private RpcContracts(Function<Type, BinCodec<Object>> codecs) {
		this.codecs = codecs;
	}

	/**
	 * Creates a reader for those who only want to know which types are written and read.
	 * There need not be codecs for them, and what it reads cannot be called.
	 * @param types takes each type that a codec is needed for
	 * @return the reader
	 */
	@SuppressWarnings("unchecked") // it is never used
	public static RpcContracts telling(Consumer<Type> types) {
		BinCodec<Object> none = (BinCodec<Object>) (BinCodec<?>) BinCodecs.UNIT;
		return new RpcContracts((type) -> {
			types.accept(type);
			return none;
		});
	}

	/**
	 * Reads a class that implements RPCs.
	 * @param type the class
	 * @return its RPCs. If a method implements one of an interface, that one says what
	 * the RPC is
	 * @throws RpcContractException if a method cannot be an RPC, or contradicts its
	 * interface
	 */
	public List<RpcMethod> service(Class<?> type) {
		List<RpcMethod> methods = new ArrayList<>();
		MethodIntrospector.selectMethods(type, (MetadataLookup<Method>) RpcContracts::declared)
			.forEach((method, declared) -> methods.add(implementation(method, declared, type)));
		return methods;
	}

	/**
	 * Reads an interface that calls RPCs.
	 * @param type the interface
	 * @return its RPCs
	 * @throws RpcContractException if there is anything else, but for default methods
	 */
	public List<RpcMethod> client(Class<?> type) {
		if (!type.isInterface()) {
			throw new RpcContractException(type.getName(), "it is not an interface", "Import interfaces", null);
		}
		List<RpcMethod> methods = new ArrayList<>();
		for (Method method : type.getMethods()) {
			Method declared = declared(method);
			if (declared != null) {
				methods.add(call(method, declared, type));
			}
			else if (Modifier.isAbstract(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				throw new RpcContractException(method, "it is not an RPC", "Annotate it with @RpcMapping");
			}
		}
		return methods;
	}

	/**
	 * Reads a method that takes what a subscription brings.
	 * @param where names the bean and the method, for errors
	 * @param method the method
	 * @param type the class of the bean
	 * @param rpc the name of the RPC
	 * @param version the version of the RPC
	 * @param query the type of the query, or {@code null} for {@code unit}
	 * @return what the method takes
	 * @throws RpcContractException if it cannot take that
	 */
	public SubscriberMethod subscriber(String where, Method method, Class<?> type, String rpc, long version,
			@Nullable Type query) {
		return new SubscriberParser(where, method, type, this.codecs).parse(rpc, version, query);
	}

	private RpcMethod implementation(Method method, Method declared, Class<?> type) {
		RpcMethod rpc = new MethodParser(declared, type, this.codecs).parse(method);
		if (!method.equals(declared)
				&& (method.isAnnotationPresent(RpcMapping.class) || method.isAnnotationPresent(OneWay.class))) {
			MethodParser own = new MethodParser(method, type, this.codecs);
			String said = own.id() + ", " + own.parse(method).definition().kind();
			String contract = new MethodParser(declared, type, this.codecs).id() + ", " + rpc.definition().kind();
			if (!said.equals(contract)) {
				throw new RpcContractException(method,
						"it is " + said + ", but in " + RpcContractException.describe(declared) + " it is " + contract,
						"Leave the annotations to the interface, or let them agree");
			}
		}
		return rpc;
	}

	private RpcMethod call(Method method, Method declared, Class<?> type) {
		RpcMethod rpc = new MethodParser(declared, type, this.codecs).parse(method);
		if (!rpc.hasOnlyQuery()) {
			throw new RpcContractException(method, "a parameter tells about the caller, which a client cannot say",
					"Leave that to a method of the service");
		}
		return rpc;
	}

	/** Which method says what the RPC is: that of an interface, if there is one. */
	private static @Nullable Method declared(Method method) {
		List<Method> sources = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
			.stream(RpcMapping.class)
			.map(MergedAnnotation::getSource)
			.map(Method.class::cast)
			.toList();
		return sources.stream()
			.filter((source) -> source.getDeclaringClass().isInterface())
			.findFirst()
			.orElse(sources.isEmpty() ? null : sources.get(0));
	}

}
