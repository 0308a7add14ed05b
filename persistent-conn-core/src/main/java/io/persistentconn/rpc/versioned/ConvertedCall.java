package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The future of a call whose outcome is converted. As with that of the call itself,
 * whoever cancels it or lets it time out gives the call up; so does a conversion that
 * throws, which ends a stream that nobody would read.
 */
final class ConvertedCall {

	private ConvertedCall() {
	}

	static <T, U> CompletableFuture<U> of(CompletableFuture<T> call, Function<? super T, ? extends U> conversion) {
		CompletableFuture<U> converted = new CompletableFuture<>();
		converted.whenComplete((value, failure) -> {
			if (failure != null) {
				call.cancel(false);
			}
		});
		call.whenComplete((value, failure) -> {
			if (failure != null) {
				converted.completeExceptionally(failure);
				return;
			}
			try {
				converted.complete(conversion.apply(value));
			}
			catch (Throwable ex) {
				converted.completeExceptionally(ex);
			}
		});
		return converted;
	}

}
