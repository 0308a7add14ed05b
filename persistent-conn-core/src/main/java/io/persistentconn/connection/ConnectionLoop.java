package io.persistentconn.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.persistentconn.concurrent.AsyncCloseable;
import io.persistentconn.concurrent.Cancellable;
import io.persistentconn.concurrent.PersistentConnException;
import io.persistentconn.concurrent.TimeSource;
import io.persistentconn.connection.ConnectionStatus.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of a {@link PersistentConnection}, in the order in which it runs: <pre>
 * beginEpisode     report AttemptingToConnect
 *   attempt        start the clock of the retry delay; ask for addresses
 *     tryAddress   report ObtainedAddress; connect   (each candidate in turn)
 *   failed         report FailedToConnect; wait for the rest of the delay; attempt
 * connected        report Connected; wait until the connection has closed
 * lost             report Disconnected; wait for the rest of the delay; beginEpisode
 * </pre> Every method that is not marked otherwise is a step: it runs on the owner, one
 * at a time, and begins by checking that. Steps hand over by {@link #await} and
 * {@link #then}, never by calling user code that could call back into the middle of one.
 * {@link #stop} ends the present run, so that whatever was awaited in it comes to
 * nothing.
 */
final class ConnectionLoop<A, C extends AsyncCloseable> {

	private static final Logger logger = LoggerFactory.getLogger(PersistentConnection.class);

	private final Settings<A, C> settings;

	private final TimeSource time;

	private final EventReporter<A, C> reporter;

	private final LoopState<C> state;

	private final Delays delays;

	private final Candidates<A> candidates;

	/**
	 * Counts starts and stops: a step that was awaited in an earlier run is not taken.
	 */
	private int run;

	private Episode<A> episode;

	private @Nullable Attempt attempt;

	private long nextAttemptAt;

	private @Nullable Cancellable alarm;

	private Runnable afterAlarm = () -> {
	};

	private long connectedAt;

	/** Set by an abort, or to close when the current connection is closed. */
	private boolean noMoreAttempts;

	private @Nullable Throwable abortedWith;

	private boolean resumeWhenPaused;

	ConnectionLoop(Settings<A, C> settings, EventReporter<A, C> reporter, LoopState<C> state) {
		this.settings = settings;
		this.time = settings.time();
		this.reporter = reporter;
		this.state = state;
		this.delays = new Delays(settings);
		this.candidates = new Candidates<>(settings.name());
		this.episode = new Episode<>(settings);
	}

	void start() {
		checkOwner();
		switch (this.state.phase()) {
			case NOT_STARTED, PAUSED -> beginEpisode();
			case CLOSING -> this.resumeWhenPaused = true;
			case CONNECTING, CONNECTED, CLOSED -> {
			}
		}
	}

	private void beginEpisode() {
		checkOwner();
		if (this.noMoreAttempts) {
			end();
			return;
		}
		this.episode = new Episode<>(this.settings);
		this.state.enter(Phase.CONNECTING);
		this.reporter.report(new ConnectionEvent.AttemptingToConnect<>(), then(this::attempt));
	}

	private void attempt() {
		checkOwner();
		if (this.noMoreAttempts) {
			end();
			return;
		}
		// Drawn before the attempt: the delay spaces attempts, however long they take.
		this.nextAttemptAt = this.time.nanoTime() + this.delays.retryDelay(this.state.failuresInARow());
		Attempt attempt = new Attempt(this.state.failuresInARow(),
				(error) -> this.time.execute(() -> makeNoMoreAttempts(error)));
		this.attempt = attempt;
		await(this.settings.addresses()::get, (candidates, error) -> {
			List<A> addresses;
			try {
				addresses = this.candidates.inOrder(candidates, error);
			}
			catch (Throwable ex) {
				failed(ex);
				return;
			}
			tryAddress(attempt, addresses, new ArrayList<>());
		}, (tooLate) -> {
		});
	}

	/** Tries the candidate after those that {@code errors} is already there for. */
	private void tryAddress(Attempt attempt, List<A> addresses, List<Throwable> errors) {
		checkOwner();
		if (errors.size() == addresses.size()) {
			failed((errors.size() == 1) ? errors.get(0) : new AllAddressesFailedException(addresses, errors));
			return;
		}
		A address = addresses.get(errors.size());
		this.state.trying(address);
		Runnable connect = () -> await(() -> this.settings.connector().connect(attempt, address),
				(connection, error) -> {
					if (connection != null) {
						connected(connection, address);
					}
					else {
						errors.add((error != null) ? error : new PersistentConnException(
								this.settings.name() + ": the connector delivered null (expected: a connection)"));
						tryAddress(attempt, addresses, errors);
					}
				}, this::close);
		if (this.episode.isNews(address)) {
			this.reporter.report(new ConnectionEvent.ObtainedAddress<>(address), then(connect));
		}
		else {
			connect.run();
		}
	}

	private void failed(Throwable error) {
		checkOwner();
		this.attempt = null;
		Duration nextAttemptIn = Duration.ofNanos(Math.max(0, this.nextAttemptAt - this.time.nanoTime()));
		boolean news = this.episode.isNews(error, nextAttemptIn);
		this.state.failed(error);
		Runnable retry = () -> waitThen(this.nextAttemptAt - this.time.nanoTime(), this::attempt);
		if (news) {
			this.reporter.report(new ConnectionEvent.FailedToConnect<>(error, this.episode.failures(), nextAttemptIn),
					then(retry));
		}
		else {
			retry.run();
		}
	}

	private void connected(C connection, A address) {
		checkOwner();
		this.attempt = null;
		this.candidates.good(address);
		this.connectedAt = this.time.nanoTime();
		this.episode.connected();
		this.state.connected(connection);
		this.reporter.report(new ConnectionEvent.Connected<>(connection, address),
				then(() -> await(connection::closeFinished, (ignored, error) -> lost(connection), (tooLate) -> {
				})));
	}

	private void lost(C connection) {
		checkOwner();
		Optional<Throwable> reason = closeReason(connection);
		Duration lifetime = Duration.ofNanos(this.time.nanoTime() - this.connectedAt);
		this.episode.lost(lifetime, reason.orElse(null));
		this.state.lost(Phase.CONNECTING, reason);
		this.reporter.report(new ConnectionEvent.Disconnected<>(reason, lifetime),
				then(() -> waitThen(
						Math.max(0, this.nextAttemptAt - this.time.nanoTime()) + this.delays.initialSpread(),
						this::beginEpisode)));
	}

	/** Waits, unless there is nothing to wait for, until time or {@link #retryNow}. */
	private void waitThen(long nanos, Runnable next) {
		checkOwner();
		if (this.noMoreAttempts) {
			end();
			return;
		}
		Duration delay = Duration.ofNanos(Math.max(0, nanos));
		this.state.nextAttempt(this.time.instant().plus(delay));
		this.afterAlarm = then(next);
		this.alarm = this.time.schedule(delay, then(this::retryNow));
	}

	void retryNow() {
		checkOwner();
		if (this.alarm != null) {
			cancelAlarm();
			this.afterAlarm.run();
		}
	}

	/** Ends retrying and reconnecting; what there is of a connection or attempt stays. */
	void makeNoMoreAttempts(@Nullable Throwable abortedWith) {
		checkOwner();
		if (this.noMoreAttempts) {
			return;
		}
		this.noMoreAttempts = true;
		this.abortedWith = abortedWith;
		boolean idle = switch (this.state.phase()) {
			case NOT_STARTED, PAUSED -> true;
			case CONNECTING -> this.alarm != null;
			case CONNECTED, CLOSING, CLOSED -> false;
		};
		if (idle) {
			end();
		}
	}

	/** Stops, to rest ({@code PAUSED}) or for good ({@code CLOSED}). */
	void stop(Phase target) {
		checkOwner();
		this.resumeWhenPaused = false;
		switch (this.state.phase()) {
			case CLOSING -> this.state.stopping(target, this.abortedWith); // already on
																			// its way
			case CLOSED -> this.state.stopped();
			case NOT_STARTED, CONNECTING, CONNECTED, PAUSED -> {
				this.run++;
				cancelAlarm();
				this.state.stopping(target, this.abortedWith);
				if (this.attempt != null) {
					this.attempt.end();
					this.attempt = null;
				}
				closeConnection();
			}
		}
	}

	private void closeConnection() {
		C connection = this.state.connection();
		if (connection == null) {
			stopped();
			return;
		}
		close(connection).whenComplete((ignored, error) -> this.time.execute(() -> {
			Duration lifetime = Duration.ofNanos(this.time.nanoTime() - this.connectedAt);
			this.episode.closed(lifetime);
			this.state.lost(Phase.CLOSING, Optional.empty());
			this.reporter.report(new ConnectionEvent.Disconnected<>(closeReason(connection), lifetime), () -> {
			});
			stopped();
		}));
	}

	private void end() {
		checkOwner();
		this.run++;
		cancelAlarm();
		this.state.stopping(Phase.CLOSED, this.abortedWith);
		stopped();
	}

	private void stopped() {
		checkOwner();
		this.state.stopped();
		if (this.state.phase() == Phase.PAUSED) {
			if (this.noMoreAttempts) {
				end();
			}
			else if (this.resumeWhenPaused) {
				beginEpisode();
			}
		}
	}

	private void cancelAlarm() {
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
		}
	}

	/** The step, if the present run is still the present run by then. */
	private Runnable then(Runnable step) {
		int current = this.run;
		return () -> {
			if (this.run == current && !this.state.isClosed()) {
				step.run();
			}
		};
	}

	/**
	 * Calls user code and, when its stage has completed, takes the next step on the
	 * owner.
	 * @param tooLate takes the result if the run is over by then
	 */
	private <T> void await(Callable<CompletionStage<? extends T>> call,
			BiConsumer<@Nullable T, @Nullable Throwable> next, Consumer<T> tooLate) {
		int current = this.run;
		CompletionStage<? extends T> stage;
		try {
			stage = call.call();
			if (stage == null) {
				throw new PersistentConnException(this.settings.name() + ": got null (expected: a stage)");
			}
		}
		catch (Throwable ex) {
			stage = CompletableFuture.failedStage(ex);
		}
		stage.whenComplete((value, error) -> this.time.execute(() -> {
			if (this.run == current && !this.state.isClosed()) {
				next.accept(value, unwrap(error));
			}
			else if (value != null) {
				tooLate.accept(value);
			}
		}));
	}

	private CompletionStage<?> close(C connection) {
		try {
			return connection.closeAsync();
		}
		catch (Throwable ex) {
			logger.warn("{}: closing {} failed", this.settings.name(), connection, ex);
			return CompletableFuture.completedStage(null);
		}
	}

	private Optional<Throwable> closeReason(C connection) {
		try {
			return connection.closeReason();
		}
		catch (Throwable ex) {
			logger.warn("{}: asking {} why it closed failed", this.settings.name(), connection, ex);
			return Optional.empty();
		}
	}

	private static @Nullable Throwable unwrap(@Nullable Throwable error) {
		Throwable cause = (error instanceof CompletionException) ? error.getCause() : null;
		return (cause != null) ? cause : error;
	}

	private void checkOwner() {
		if (!this.time.inOwner()) {
			throw new IllegalStateException(
					this.settings.name() + ": not called by its owner but by " + Thread.currentThread());
		}
	}

}
