package io.persistentconn.autoconfigure.annotated;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.rpc.StateStream;
import reactor.core.publisher.Flux;

/**
 * A contract with all kinds of RPCs.
 */
public interface Quotes {

	@RpcMapping(name = "get-quote", version = 1)
	CompletableFuture<Quote> getQuote(String symbol);

	@RpcMapping(name = "trades")
	Flux<Trade> trades(String symbol);

	@RpcMapping(name = "book")
	StateStream<Book, Change> book(String symbol);

	@RpcMapping(name = "log")
	@OneWay
	void log(String line);

	record Quote(String symbol, double bid) {
	}

	record Trade(String symbol, long size) {
	}

	record Book(List<Long> bids) {
	}

	record Change(long level, long bid) {
	}

}
