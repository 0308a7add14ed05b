package io.persistentconn.durable;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.EventBus;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.connection.PersistentConnection;
import org.jspecify.annotations.Nullable;

/**
 * A value that is built when it is used first, and built again when a use finds it
 * broken. Uses that come meanwhile share the one attempt.
 * <p>
 * All methods may be called from any thread. Callbacks are made by one owner, the
 * {@link TimeSource}, and must not block.
 * <p>
 * Source: {@code Durable} of the seed on durable subscriptions, rule D1.
 *
 * @param <A> the type of the value
 */
public final class Durable<A> {

	private final TimeSource time;

	private final Supplier<? extends CompletionStage<? extends A>> creator;

	private final Predicate<? super A> broken;

	private final Function<? super A, ? extends CompletionStage<? extends A>> rebuilder;

	/** Whether an attempt is cancelled when nobody waits for it any more. */
	private final boolean givesUp;

	private final EventBus<Boolean> intactness;

	/** There is none while it is being built. Written by the owner. */
	private volatile @Nullable A built;

	private boolean building;

	/** What gives the value, while it is being built. */
	private @Nullable CompletionStage<? extends A> attempt;

	/** Who waits for what is being built. */
	private Set<Use<A, ?>> waiting = new LinkedHashSet<>();

	/** What listeners know. */
	private boolean toldIntact;

	private Durable(TimeSource time, Supplier<? extends CompletionStage<? extends A>> creator,
			Predicate<? super A> broken, Function<? super A, ? extends CompletionStage<? extends A>> rebuilder,
			boolean givesUp) {
		this.time = time;
		this.creator = creator;
		this.broken = broken;
		this.rebuilder = rebuilder;
		this.givesUp = givesUp;
		this.intactness = new EventBus<>(time);
	}

	/**
	 * Promises a value, which is created when it is used first, and again whenever a use
	 * finds it broken.
	 * @param time the owner
	 * @param creator creates it
	 * @param broken whether a value is of no use any more; {@link #isIntact()} asks it on
	 * its caller's thread
	 * @param <A> the type of the value
	 * @return a durable without value
	 */
	public static <A> Durable<A> create(TimeSource time, Supplier<? extends CompletionStage<? extends A>> creator,
			Predicate<? super A> broken) {
		return create(time, creator, broken, (value) -> creator.get());
	}

	/**
	 * Promises a value that is not created again once broken, but rebuilt.
	 * @param time the owner
	 * @param creator creates it: the first time, and after rebuilding failed
	 * @param broken whether a value is of no use any more; {@link #isIntact()} asks it on
	 * its caller's thread
	 * @param rebuilder makes a new value of a broken one
	 * @param <A> the type of the value
	 * @return a durable without value
	 */
	public static <A> Durable<A> create(TimeSource time, Supplier<? extends CompletionStage<? extends A>> creator,
			Predicate<? super A> broken, Function<? super A, ? extends CompletionStage<? extends A>> rebuilder) {
		return new Durable<>(time, creator, broken, rebuilder, false);
	}

	/**
	 * As {@link #create(TimeSource, Supplier, Predicate)}, but creates the value now.
	 * @param time the owner
	 * @param creator creates it
	 * @param broken whether a value is of no use any more; {@link #isIntact()} asks it on
	 * its caller's thread
	 * @param <A> the type of the value
	 * @return a new future of the durable, once it has its value; it fails if that is not
	 * created, or broken from the beginning
	 */
	public static <A> CompletableFuture<Durable<A>> createOrFail(TimeSource time,
			Supplier<? extends CompletionStage<? extends A>> creator, Predicate<? super A> broken) {
		return createOrFail(time, creator, broken, (value) -> creator.get());
	}

	/**
	 * As {@link #create(TimeSource, Supplier, Predicate, Function)}, but creates the
	 * value now.
	 * @param time the owner
	 * @param creator creates it: the first time, and after rebuilding failed
	 * @param broken whether a value is of no use any more; {@link #isIntact()} asks it on
	 * its caller's thread
	 * @param rebuilder makes a new value of a broken one
	 * @param <A> the type of the value
	 * @return as {@link #createOrFail(TimeSource, Supplier, Predicate)}
	 */
	public static <A> CompletableFuture<Durable<A>> createOrFail(TimeSource time,
			Supplier<? extends CompletionStage<? extends A>> creator, Predicate<? super A> broken,
			Function<? super A, ? extends CompletionStage<? extends A>> rebuilder) {
		Durable<A> durable = create(time, creator, broken, rebuilder);
		return durable.with((value) -> CompletableFuture.completedFuture(durable));
	}

	/**
	 * The connection of a persistent connection: a use waits for the outcome of one
	 * attempt to connect if there is no connection, and fails if that does.
	 * @param connection connects; it is not closed by this
	 * @param <C> the type of connections
	 * @return a durable with the owner of the persistent connection
	 */
	public static <C extends AsyncCloseable> Durable<C> of(PersistentConnection<C> connection) {
		return new Durable<>(connection.timeSource(), connection::connectedOrFailedToConnect, AsyncCloseable::isClosed,
				(closed) -> connection.connectedOrFailedToConnect(), true);
	}

	/**
	 * Uses the value, which is built before if there is none, or a broken one.
	 * @param use called with an intact value
	 * @param <T> what the use gives
	 * @return a new future of what the use gives. It fails if the use does, or the value
	 * is not built, and with {@link BrokenValueException} if it is built and broken. To
	 * cancel it cancels what the use has begun
	 */
	public <T> CompletableFuture<T> with(Function<? super A, ? extends CompletionStage<T>> use) {
		Use<A, T> begun = new Use<>(use);
		if (this.time.inOwner()) {
			begin(begun);
			return begun;
		}
		try {
			this.time.execute(() -> begin(begun));
		}
		catch (RejectedExecutionException ex) {
			begun.completeExceptionally(ex);
		}
		return begun;
	}

	/**
	 * Whether there is a value that is not broken.
	 * @return {@code true} if a use would begin at once
	 */
	public boolean isIntact() {
		A value = this.built;
		return value != null && !this.broken.test(value);
	}

	/**
	 * Observes whether the value is intact, as far as uses find out: one that breaks is
	 * noticed by the next use.
	 * @param listener called by the owner on every change; one that comes late is told of
	 * the last one first
	 * @return takes the listener away
	 */
	public Cancellable addIntactListener(Consumer<? super Boolean> listener) {
		return this.intactness.addListener(listener);
	}

	/**
	 * Who makes the callbacks.
	 * @return the owner
	 */
	public TimeSource timeSource() {
		return this.time;
	}

	private <T> void begin(Use<A, T> use) {
		A value = this.built;
		if (value != null && !isBroken(value, use)) {
			begin(use, value);
		}
		else if (!use.isDone()) {
			this.waiting.add(use);
			if (!this.building) {
				build(value);
			}
			use.whenComplete((result, failure) -> onOwner(() -> leave(use)));
		}
	}

	private void begin(Use<A, ?> use, A value) {
		tell(true);
		use.begin(value);
	}

	private boolean isBroken(A value, Use<A, ?> use) {
		try {
			return this.broken.test(value);
		}
		catch (Throwable ex) {
			use.completeExceptionally(ex);
			return true;
		}
	}

	private void build(@Nullable A old) {
		this.building = true;
		this.built = null;
		tell(false);
		CompletionStage<? extends A> stage;
		try {
			stage = Objects.requireNonNull((old != null) ? this.rebuilder.apply(old) : this.creator.get(),
					"the stage of the value");
		}
		catch (Throwable ex) {
			stage = CompletableFuture.failedFuture(ex);
		}
		this.attempt = stage;
		stage.whenComplete((value, failure) -> onOwner(() -> built(value, failure)));
	}

	private void built(@Nullable A value, @Nullable Throwable failure) {
		this.building = false;
		this.attempt = null;
		this.built = value;
		Set<Use<A, ?>> uses = this.waiting;
		this.waiting = new LinkedHashSet<>();
		if (value == null) {
			Throwable reason = (failure != null) ? Use.causeOf(failure) : new NullPointerException("the value");
			uses.forEach((use) -> use.completeExceptionally(reason));
			return;
		}
		for (Use<A, ?> use : uses) {
			if (isBroken(value, use)) {
				use.completeExceptionally(new BrokenValueException(value));
			}
			else {
				begin(use, value);
			}
		}
	}

	/** Somebody waits no longer. */
	private void leave(Use<A, ?> use) {
		CompletionStage<? extends A> given = this.attempt;
		if (this.waiting.remove(use) && this.waiting.isEmpty() && this.givesUp && given != null) {
			given.toCompletableFuture().cancel(false);
		}
	}

	private void tell(boolean intact) {
		if (this.toldIntact != intact) {
			this.toldIntact = intact;
			this.intactness.publish(intact);
		}
	}

	private void onOwner(Runnable task) {
		if (this.time.inOwner()) {
			task.run();
			return;
		}
		try {
			this.time.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The owner has ended, so nobody else runs.
			task.run();
		}
	}

}
