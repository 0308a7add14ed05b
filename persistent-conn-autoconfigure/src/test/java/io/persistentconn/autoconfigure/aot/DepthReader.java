package io.persistentconn.autoconfigure.aot;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.autoconfigure.aot.Prices.Change;
import io.persistentconn.autoconfigure.aot.Prices.Depth;
import io.persistentconn.autoconfigure.aot.Prices.Level;
import io.persistentconn.autoconfigure.aot.Prices.Side;
import io.persistentconn.autoconfigure.aot.Prices.Symbol;
import io.persistentconn.durable.StateUpdate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Subscribes to the depth of what a bean says.
 */
@Configuration(proxyBeanMethods = false)
class DepthReader {

	private final CountDownLatch changed = new CountDownLatch(1);

	private volatile int levels;

	@DurableSubscription(connection = "${connection}", rpc = "depth", queryBean = "two${nothing:}Levels")
	void onDepth(StateUpdate<Map<Symbol, Level[]>, Change<Side>, String> update) {
		if (update instanceof StateUpdate.State<Map<Symbol, Level[]>, ?, ?> state) {
			this.levels = state.state().get(new Symbol("A")).length;
		}
		if (update instanceof StateUpdate.Update<?, Change<Side>, ?> change && change.update().what() == Side.ASK) {
			this.changed.countDown();
		}
	}

	/** How many levels there were before the first change. */
	int await() throws InterruptedException {
		return this.changed.await(60, TimeUnit.SECONDS) ? this.levels : -1;
	}

	@Bean
	static Supplier<Depth> twoLevels() {
		return () -> new Depth(2);
	}

}
