package io.persistentconn.autoconfigure.test;

import io.persistentconn.annotation.RpcService;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.StateStream;

/**
 * The service, or what stands in for it: a price that changes.
 */
@RpcService
class PricesService implements Prices {

	private PipeWriter<Double> subscriber = PipeWriter.create();

	private double price = 1;

	@Override
	public synchronized Double price(String symbol) {
		return this.price;
	}

	@Override
	public synchronized StateStream<Double, Double> prices(String symbol) {
		this.subscriber = PipeWriter.create();
		return new StateStream<>(this.price, this.subscriber.pipe());
	}

	synchronized void change(double price) {
		this.price = price;
		if (!this.subscriber.isClosed()) {
			this.subscriber.writeWithoutPushback(price);
		}
	}

}
