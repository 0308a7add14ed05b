package io.persistentconn.autoconfigure.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.persistentconn.autoconfigure.contract.ReactorResults;
import io.persistentconn.autoconfigure.contract.ResultForm;
import io.persistentconn.autoconfigure.service.BeanMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ObjectUtils;

/**
 * Calls the method of a subscriber for one update after another. What it throws is logged
 * at the first of several failures in a row.
 */
final class SubscriberCalls implements Function<Object, CompletionStage<?>> {

	private static final Logger logger = LoggerFactory.getLogger(SubscriberCalls.class);

	private final String name;

	private final BeanMethod method;

	private final ResultForm form;

	private final Executor executor;

	private final Object[] further;

	private final AtomicInteger failures = new AtomicInteger();

	/**
	 * Creates calls.
	 * @param name the name of the subscription
	 * @param executor for a method that may block
	 * @param further what the method is given besides the update
	 */
	SubscriberCalls(String name, BeanMethod method, ResultForm form, Executor executor, Object... further) {
		this.name = name;
		this.method = method;
		this.form = form;
		this.executor = executor;
		this.further = further;
	}

	/**
	 * Calls the method.
	 * @return completes when it is done, well or badly
	 * @throws java.util.concurrent.RejectedExecutionException if the executor does not
	 * take it
	 */
	@Override
	public CompletionStage<?> apply(Object update) {
		return this.form.isBlocking() ? callOnExecutor(update) : call(update);
	}

	private CompletionStage<?> callOnExecutor(Object update) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		this.executor.execute(() -> {
			try {
				invoke(update);
				ended(null);
			}
			catch (Throwable ex) {
				ended(ex);
			}
			finally {
				done.complete(null);
			}
		});
		return done;
	}

	private CompletionStage<?> call(Object update) {
		try {
			return stage(invoke(update)).handle((result, failure) -> {
				ended(failure);
				return true;
			});
		}
		catch (Throwable ex) {
			ended(ex);
			return CompletableFuture.completedFuture(true);
		}
	}

	private @Nullable Object invoke(Object update) throws Throwable {
		return this.method.invoke(ObjectUtils.addObjectToArray(this.further, update, 0));
	}

	private CompletionStage<?> stage(@Nullable Object result) {
		if (result == null) {
			throw new IllegalStateException("null was returned (expected: a " + this.form + ")");
		}
		return (this.form == ResultForm.MONO) ? ReactorResults.toStage(result) : (CompletionStage<?>) result;
	}

	private void ended(@Nullable Throwable failure) {
		if (failure == null) {
			this.failures.set(0);
		}
		else if (this.failures.getAndIncrement() == 0) {
			logger.warn("Subscription {}: {} failed", this.name, this.method, failure);
		}
		else {
			logger.debug("Subscription {}: {} failed again", this.name, this.method, failure);
		}
	}

}
