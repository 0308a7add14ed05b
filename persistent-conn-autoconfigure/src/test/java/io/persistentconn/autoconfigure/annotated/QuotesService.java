package io.persistentconn.autoconfigure.annotated;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.persistentconn.annotation.RpcService;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.StateStream;
import reactor.core.publisher.Flux;

@RpcService
class QuotesService implements Quotes {

	final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	@Override
	public CompletableFuture<Quote> getQuote(String symbol) {
		return CompletableFuture.completedFuture(new Quote(symbol, 1.5));
	}

	@Override
	public Flux<Trade> trades(String symbol) {
		return Flux.range(1, 1000).map((size) -> new Trade(symbol, size));
	}

	@Override
	public StateStream<Book, Change> book(String symbol) {
		PipeWriter<Change> changes = PipeWriter.create();
		changes.writeWithoutPushback(new Change(0, 11));
		changes.close();
		return new StateStream<>(new Book(List.of(10L, 9L)), changes.pipe());
	}

	@Override
	public void log(String line) {
		this.lines.add(line);
	}

}
