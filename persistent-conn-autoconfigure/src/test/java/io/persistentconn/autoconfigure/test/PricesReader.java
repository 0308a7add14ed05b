package io.persistentconn.autoconfigure.test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.persistentconn.annotation.DurableSubscription;
import io.persistentconn.durable.StateUpdate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application does with a subscription, and what its test wants to see.
 */
class PricesReader {

	private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

	@DurableSubscription(connection = "quotes", rpc = "prices", query = "AAPL")
	void onPrice(StateUpdate<Double, Double, String> update) {
		if (update instanceof StateUpdate.State<Double, Double, String> state) {
			this.told.add("state " + state.state());
		}
		else if (update instanceof StateUpdate.Update<Double, Double, String> change) {
			this.told.add("change " + change.update());
		}
		else if (update instanceof StateUpdate.LostConnection) {
			this.told.add("lost");
		}
	}

	/** Waits until something is told, whatever is told before. */
	void await(String expected) throws InterruptedException {
		String next;
		do {
			next = this.told.poll(60, TimeUnit.SECONDS);
			assertThat(next).as("told before " + expected).isNotNull();
		}
		while (!next.equals(expected));
	}

}
