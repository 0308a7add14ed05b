package io.persistentconn.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.VirtualTimeSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D1")
class DurableTests {

	private final VirtualTimeSource time = new VirtualTimeSource();

	private final List<String> log = new ArrayList<>();

	/** What the creator and the rebuilder gave, in order. */
	private final List<CompletableFuture<Value>> attempts = new ArrayList<>();

	private final Durable<Value> durable = Durable.create(this.time, () -> attempt("create"), Value::isBroken);

	private final Durable<Value> rebuilding = Durable.create(this.time, () -> attempt("create"), Value::isBroken,
			(old) -> attempt("rebuild " + old.name));

	@Test
	void theValueIsCreatedByTheFirstUseAndKept() {
		this.time.run();
		assertThat(this.durable.isIntact()).isFalse();
		assertThat(this.log).isEmpty();
		CompletableFuture<String> first = use(this.durable, "first");
		assertThat(first).isNotDone();
		assertThat(this.durable.isIntact()).isFalse();
		give("a");
		assertThat(first).isCompletedWithValue("first of a");
		assertThat(this.durable.isIntact()).isTrue();
		assertThat(use(this.durable, "second")).isCompletedWithValue("second of a");
		assertThat(this.log).containsExactly("create", "first of a", "second of a");
	}

	@Test
	void usesThatComeMeanwhileShareTheAttempt() {
		CompletableFuture<String> first = use(this.durable, "first");
		CompletableFuture<String> second = use(this.durable, "second");
		give("a");
		assertThat(first).isCompleted();
		assertThat(second).isCompleted();
		assertThat(this.log).containsExactly("create", "first of a", "second of a");
	}

	@Test
	void aBrokenValueIsCreatedAgain() {
		Value a = built(this.durable, "a");
		a.broken = true;
		assertThat(this.durable.isIntact()).isFalse();
		CompletableFuture<String> first = use(this.durable, "first");
		CompletableFuture<String> second = use(this.durable, "second");
		give("b");
		assertThat(first).isCompletedWithValue("first of b");
		assertThat(second).isCompletedWithValue("second of b");
		assertThat(this.log).containsExactly("create", "build of a", "create", "first of b", "second of b");
	}

	@Test
	void aBrokenValueIsRebuiltIfThereIsARebuilder() {
		Value a = built(this.rebuilding, "a");
		a.broken = true;
		CompletableFuture<String> use = use(this.rebuilding, "use");
		Value b = give("b");
		assertThat(use).isCompletedWithValue("use of b");
		b.broken = true;
		use(this.rebuilding, "use");
		assertThat(this.log).containsExactly("create", "build of a", "rebuild a", "use of b", "rebuild b");
	}

	@Test
	void aFailedRebuildDropsTheValue() {
		Value a = built(this.rebuilding, "a");
		a.broken = true;
		CompletableFuture<String> failed = use(this.rebuilding, "failed");
		lastAttempt().completeExceptionally(new IllegalStateException("expected by the test"));
		this.time.run();
		assertThat(failureOf(failed)).hasMessage("expected by the test");
		assertThat(this.rebuilding.isIntact()).isFalse();
		CompletableFuture<String> use = use(this.rebuilding, "use");
		give("b");
		assertThat(use).isCompletedWithValue("use of b");
		assertThat(this.log).containsExactly("create", "build of a", "rebuild a", "create", "use of b");
	}

	@Test
	void aFailedCreationFailsAllWhoWaitAndTheNextUseTriesAgain() {
		CompletableFuture<String> first = use(this.durable, "first");
		CompletableFuture<String> second = use(this.durable, "second");
		lastAttempt().completeExceptionally(new IllegalStateException("expected by the test"));
		this.time.run();
		assertThat(failureOf(first)).hasMessage("expected by the test");
		assertThat(failureOf(second)).hasMessage("expected by the test");
		CompletableFuture<String> third = use(this.durable, "third");
		give("a");
		assertThat(third).isCompletedWithValue("third of a");
	}

	@Test
	void aFreshValueThatIsBrokenFailsItsUsesAndIsRebuiltByTheNext() {
		CompletableFuture<String> use = use(this.rebuilding, "use");
		Value broken = new Value("a");
		broken.broken = true;
		lastAttempt().complete(broken);
		this.time.run();
		assertThat(failureOf(use)).isInstanceOf(BrokenValueException.class)
			.hasMessage("a was just built and is broken (expected: intact)");
		use(this.rebuilding, "use");
		assertThat(this.log).containsExactly("create", "rebuild a");
	}

	@Test
	void whetherItIsBrokenIsAskedJustBeforeEachUse() {
		CompletableFuture<String> breaking = this.durable.with((value) -> {
			value.broken = true;
			return CompletableFuture.completedFuture("done");
		});
		CompletableFuture<String> second = use(this.durable, "second");
		give("a");
		assertThat(breaking).isCompletedWithValue("done");
		assertThat(failureOf(second)).isInstanceOf(BrokenValueException.class);
	}

	@Test
	void createOrFailCreatesNow() {
		CompletableFuture<Durable<Value>> created = Durable.createOrFail(this.time, () -> attempt("create"),
				Value::isBroken);
		this.time.run();
		assertThat(created).isNotDone();
		give("a");
		assertThat(created.join().isIntact()).isTrue();
		CompletableFuture<Durable<Value>> failed = Durable.createOrFail(this.time, () -> attempt("create"),
				Value::isBroken, (old) -> attempt("rebuild"));
		this.time.run();
		lastAttempt().completeExceptionally(new IllegalStateException("expected by the test"));
		this.time.run();
		assertThat(failureOf(failed)).hasMessage("expected by the test");
	}

	@Test
	void listenersLearnWhetherItIsIntact() {
		Value a = built(this.durable, "a");
		List<Boolean> heard = new ArrayList<>();
		Cancellable listening = this.durable.addIntactListener(heard::add);
		use(this.durable, "use");
		assertThat(heard).containsExactly(true);
		a.broken = true;
		use(this.durable, "use");
		assertThat(heard).containsExactly(true, false);
		give("b");
		assertThat(heard).containsExactly(true, false, true);
		listening.cancel();
	}

	@Test
	void aListenerThatUsesTheValueSharesTheAttempt() {
		Value a = built(this.durable, "a");
		this.durable.addIntactListener((intact) -> use(this.durable, "listener's"));
		this.time.run();
		this.log.clear();
		a.broken = true;
		use(this.durable, "use");
		give("b");
		assertThat(this.log).containsOnlyOnce("create").contains("use of b");
	}

	@Test
	void cancellingAUseGivesUpWhatItBegan() {
		built(this.durable, "a");
		CompletableFuture<String> begun = new CompletableFuture<>();
		CompletableFuture<String> use = this.durable.with((value) -> begun);
		this.time.run();
		use.cancel(false);
		assertThat(begun).isCancelled();
	}

	@Test
	void aUseThatIsCancelledWhileItWaitsIsNotBegun() {
		CompletableFuture<String> cancelled = use(this.durable, "cancelled");
		cancelled.cancel(false);
		this.time.run();
		assertThat(lastAttempt()).as("shared by others").isNotDone();
		CompletableFuture<String> use = use(this.durable, "use");
		give("a");
		assertThat(use).isCompletedWithValue("use of a");
		assertThat(this.log).containsExactly("create", "use of a");
	}

	@Test
	void whatACallbackThrowsCostsTheUsesThatWait() {
		IllegalStateException expected = new IllegalStateException("expected by the test");
		built(this.durable, "a");
		assertThat(failureOf(done(this.durable.with((value) -> {
			throw expected;
		})))).isSameAs(expected);
		assertThat(failureOf(done(this.durable.with((value) -> null)))).isInstanceOf(NullPointerException.class);
		assertThat(use(this.durable, "use")).isCompletedWithValue("use of a");
		Durable<Value> throwing = Durable.create(this.time, () -> {
			throw expected;
		}, Value::isBroken);
		assertThat(failureOf(use(throwing, "use"))).isSameAs(expected);
		Durable<Value> empty = Durable.create(this.time, () -> CompletableFuture.<Value>completedFuture(null),
				Value::isBroken);
		assertThat(failureOf(use(empty, "use"))).isInstanceOf(NullPointerException.class);
		Durable<Value> unsure = Durable.create(this.time, () -> CompletableFuture.completedFuture(new Value("a")),
				(value) -> {
					throw expected;
				});
		assertThat(failureOf(use(unsure, "use"))).isSameAs(expected);
		assertThat(failureOf(use(unsure, "use again"))).isSameAs(expected);
	}

	private CompletionStage<Value> attempt(String what) {
		this.log.add(what);
		CompletableFuture<Value> attempt = new CompletableFuture<>();
		this.attempts.add(attempt);
		return attempt;
	}

	private CompletableFuture<Value> lastAttempt() {
		return this.attempts.get(this.attempts.size() - 1);
	}

	private Value give(String name) {
		Value value = new Value(name);
		lastAttempt().complete(value);
		this.time.run();
		return value;
	}

	private Value built(Durable<Value> durable, String name) {
		use(durable, "build");
		return give(name);
	}

	private CompletableFuture<String> use(Durable<Value> durable, String name) {
		return done(durable.with((value) -> {
			this.log.add(name + " of " + value.name);
			return CompletableFuture.completedFuture(name + " of " + value.name);
		}));
	}

	private <T> CompletableFuture<T> done(CompletableFuture<T> future) {
		if (!this.time.inOwner()) {
			this.time.run();
		}
		return future;
	}

	private static Throwable failureOf(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		return future
			.handle((value, failure) -> (failure instanceof CompletionException) ? failure.getCause() : failure)
			.join();
	}

	private static final class Value {

		private final String name;

		private boolean broken;

		Value(String name) {
			this.name = name;
		}

		boolean isBroken() {
			return this.broken;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
