package io.persistentconn.autoconfigure.test;

import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.rpc.StateStream;

/**
 * A contract of an application under test.
 */
public interface Prices {

	@RpcMapping
	Double price(String symbol);

	@RpcMapping
	StateStream<Double, Double> prices(String symbol);

}
