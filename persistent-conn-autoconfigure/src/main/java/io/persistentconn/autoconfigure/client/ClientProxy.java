package io.persistentconn.autoconfigure.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.persistentconn.autoconfigure.contract.RpcMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a client does when its methods are called: RPCs, default methods of the contract,
 * and those of every object.
 */
final class ClientProxy implements InvocationHandler {

	private static final Object[] NONE = {};

	private final String name;

	private final Map<Method, ClientMethod> methods = new HashMap<>();

	private final Map<Method, MethodHandle> defaults = new ConcurrentHashMap<>();

	ClientProxy(Class<?> type, Calls calls, List<RpcMethod> methods) {
		this.name = type.getName() + " over " + calls.connection().name();
		methods.forEach((rpc) -> this.methods.put(rpc.method(), new ClientMethod(rpc, calls)));
	}

	@Override
	@SuppressWarnings("NullAway") // who calls says what may be null
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
		Object[] arguments = (given != null) ? given : NONE;
		ClientMethod rpc = this.methods.get(method);
		if (rpc != null) {
			return rpc.call(arguments);
		}
		if (method.getDeclaringClass() != Object.class) {
			return this.defaults.computeIfAbsent(method, ClientProxy::handle)
				.bindTo(proxy)
				.invokeWithArguments(arguments);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> this.name;
		};
	}

	/** Also of interfaces that are not public. */
	private static MethodHandle handle(Method method) {
		Class<?> type = method.getDeclaringClass();
		try {
			return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).unreflectSpecial(method, type);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
