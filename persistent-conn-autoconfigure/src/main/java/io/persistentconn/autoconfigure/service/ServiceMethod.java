package io.persistentconn.autoconfigure.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;

import io.persistentconn.autoconfigure.contract.ReactorResults;
import io.persistentconn.autoconfigure.contract.ResultForm;
import io.persistentconn.autoconfigure.contract.RpcDefinition;
import io.persistentconn.autoconfigure.contract.RpcMethod;
import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Outcome;
import io.persistentconn.rpc.RpcContext;
import io.persistentconn.rpc.StateStream;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Answers an RPC by a method of a bean. Called on the event loop of a connection, where
 * the method is called, too, unless it may block. Immutable.
 */
final class ServiceMethod {

	private final RpcMethod rpc;

	private final BeanMethod method;

	private final Executor executor;

	private final ExceptionHandlers exceptionHandlers;

	private final Class<?> error;

	/**
	 * Creates an answer.
	 * @param rpc what the method says
	 * @param method the method
	 * @param executor for methods that may block
	 * @param exceptionHandlers what to make of exceptions
	 */
	ServiceMethod(RpcMethod rpc, BeanMethod method, Executor executor, ExceptionHandlers exceptionHandlers) {
		this.rpc = rpc;
		this.method = method;
		this.executor = executor;
		this.exceptionHandlers = exceptionHandlers;
		this.error = ClassUtils.resolvePrimitiveIfNecessary(rpc.error());
	}

	Implementation implementation() {
		RpcDefinition definition = this.rpc.definition();
		if (definition instanceof RpcDefinition.Unary unary) {
			return unary.rpc().implement((context, query) -> answered(call(context, query)));
		}
		if (definition instanceof RpcDefinition.OneWay oneWay) {
			return oneWay.rpc().implementAsync((context, query) -> answered(call(context, query)));
		}
		if (definition instanceof RpcDefinition.Pipe pipe) {
			return pipe.rpc()
				.implement((context, query) -> decided(call(context, query), this::publisher))
				.mapStreamErrors(this::visible);
		}
		return ((RpcDefinition.State) definition).rpc()
			.implement((context, query) -> decided(call(context, query), ServiceMethod::stateStream))
			.mapStreamErrors(this::visible);
	}

	/** Calls the method, and waits for its one result, or for its stream. */
	private CompletionStage<?> call(RpcContext context, Object[] query) {
		if (!this.rpc.form().isBlocking()) {
			try {
				return stage(invoke(context, query));
			}
			catch (Throwable ex) {
				return CompletableFuture.failedFuture(ex);
			}
		}
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		try {
			this.executor.execute(() -> {
				try {
					result.complete(invoke(context, query));
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
			});
		}
		catch (RuntimeException ex) {
			result.completeExceptionally(ex);
		}
		return result;
	}

	private @Nullable Object invoke(RpcContext context, Object[] query) throws Throwable {
		return this.method.invoke(this.rpc.arguments(context, query));
	}

	private CompletionStage<?> stage(@Nullable Object result) {
		if (result == null) {
			throw new IllegalStateException(this.rpc + " returned null (expected: a " + this.rpc.form() + ")");
		}
		return switch (this.rpc.form()) {
			case STAGE -> (CompletionStage<?>) result;
			case MONO -> ReactorResults.toStage(result);
			default -> CompletableFuture.completedFuture(result);
		};
	}

	private CompletionStage<Object> answered(CompletionStage<?> result) {
		return result.handle((value, failure) -> {
			if (failure == null) {
				return this.rpc.value().toWire(value, this.rpc);
			}
			throw new CompletionException(visible(failure));
		});
	}

	/** What a caller sees who can be told of exceptions only. */
	private Throwable visible(Throwable failure) {
		return (this.exceptionHandlers.map(failure) instanceof Throwable thrown) ? thrown : failure;
	}

	private <T> CompletionStage<Outcome<T, Object>> decided(CompletionStage<?> result, Function<Object, T> accepted) {
		return result.handle((value, failure) -> {
			if (failure == null) {
				if (value == null) {
					throw new IllegalStateException(this.rpc + " has null as its result (expected: a stream)");
				}
				return Outcome.accepted(accepted.apply(value));
			}
			Object mapped = this.exceptionHandlers.map(failure);
			if (this.error.isInstance(mapped)) {
				return Outcome.rejected(mapped);
			}
			throw new CompletionException((mapped instanceof Throwable thrown) ? thrown : failure);
		});
	}

	@SuppressWarnings("unchecked") // the contract says so
	private Flow.Publisher<Object> publisher(Object result) {
		if (this.rpc.form() == ResultForm.STREAM) {
			return new StreamPublisher<>((Stream<Object>) result, this.executor);
		}
		return (this.rpc.form() == ResultForm.FLUX) ? ReactorResults.toPublisher(result)
				: (Flow.Publisher<Object>) result;
	}

	@SuppressWarnings("unchecked") // the contract says so
	private static StateStream<Object, Object> stateStream(Object result) {
		return (StateStream<Object, Object>) result;
	}

}
