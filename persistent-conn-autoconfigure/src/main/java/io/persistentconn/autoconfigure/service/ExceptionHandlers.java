package io.persistentconn.autoconfigure.service;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.persistentconn.annotation.RpcExceptionHandler;
import io.persistentconn.autoconfigure.contract.RpcContractException;
import io.persistentconn.rpc.RejectedException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ExceptionDepthComparator;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The methods that say what callers see of exceptions. Immutable; used by any thread.
 */
final class ExceptionHandlers {

	private final List<Handler> own;

	private final List<Handler> others;

	/**
	 * Creates handlers.
	 * @param own those of a service itself, which come first
	 * @param others those of other beans
	 */
	ExceptionHandlers(List<Handler> own, List<Handler> others) {
		this.own = List.copyOf(own);
		this.others = List.copyOf(others);
	}

	/**
	 * Finds the methods of a class.
	 * @param method makes the method of the bean of one of the class
	 * @throws RpcContractException if one does not take an exception
	 */
	static List<Handler> find(Class<?> type, Function<Method, Supplier<BeanMethod>> method) {
		if (!AnnotationUtils.isCandidateClass(type, RpcExceptionHandler.class)) {
			return List.of();
		}
		return MethodIntrospector
			.selectMethods(type,
					(MetadataLookup<RpcExceptionHandler>) (candidate) -> AnnotatedElementUtils
						.findMergedAnnotation(candidate, RpcExceptionHandler.class))
			.keySet()
			.stream()
			.map((found) -> handler(found, method))
			.toList();
	}

	private static Handler handler(Method method, Function<Method, Supplier<BeanMethod>> ofBean) {
		Class<?>[] parameters = method.getParameterTypes();
		if (parameters.length != 1 || !Throwable.class.isAssignableFrom(parameters[0])) {
			throw new RpcContractException(method, "it does not take an exception",
					"Give a method with @RpcExceptionHandler one parameter, of the type of the exceptions");
		}
		return new Handler(parameters[0].asSubclass(Throwable.class), ofBean.apply(method));
	}

	/**
	 * Says what a caller sees.
	 * @param failure what a handler threw, or its stage failed with
	 * @return an exception, or what a stream is rejected with
	 */
	Object map(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		Handler handler = nearest(this.own, cause);
		handler = (handler != null) ? handler : nearest(this.others, cause);
		if (handler != null) {
			return handler.map(cause);
		}
		return (cause instanceof RejectedException rejected && rejected.error() != null) ? rejected.error() : cause;
	}

	private static @Nullable Handler nearest(List<Handler> handlers, Throwable failure) {
		List<Handler> candidates = handlers.stream().filter((handler) -> handler.type().isInstance(failure)).toList();
		if (candidates.isEmpty()) {
			return null;
		}
		Class<? extends Throwable> type = ExceptionDepthComparator
			.findClosestMatch(candidates.stream().<Class<? extends Throwable>>map(Handler::type).toList(), failure);
		return candidates.stream().filter((handler) -> handler.type() == type).findFirst().orElseThrow();
	}

	/**
	 * One method.
	 *
	 * @param type the type of the exceptions
	 * @param method the method
	 */
	record Handler(Class<? extends Throwable> type, Supplier<BeanMethod> method) {

		Object map(Throwable failure) {
			try {
				Object mapped = this.method.get().invoke(failure);
				return (mapped != null) ? mapped : failure;
			}
			catch (Throwable ex) {
				return ex;
			}
		}

	}

}
