package io.persistentconn.autoconfigure.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.annotation.RpcService;
import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import io.persistentconn.rpc.RejectedException;
import io.persistentconn.rpc.StateStream;

/**
 * A number that changes, and whoever subscribes to it.
 */
@RpcService
class BookService {

	private final List<PipeWriter<Change>> subscribers = new ArrayList<>();

	private final List<String> queries = new CopyOnWriteArrayList<>();

	private long total;

	private boolean rejecting;

	@RpcMapping
	synchronized StateStream<Book, Change> book(String symbol) {
		return new StateStream<>(new Book(symbol, this.total), subscribe(symbol));
	}

	@RpcMapping
	synchronized Pipe<Change> changes() {
		return subscribe("unit");
	}

	@RpcMapping(version = 2)
	synchronized Pipe<Change> since(Position position) {
		return subscribe(position.toString());
	}

	private Pipe<Change> subscribe(String query) {
		this.queries.add(query);
		if (this.rejecting) {
			throw new RejectedException("no more of " + query);
		}
		PipeWriter<Change> writer = PipeWriter.create();
		this.subscribers.add(writer);
		return writer.pipe();
	}

	synchronized void change(long by) {
		this.total += by;
		this.subscribers.removeIf(PipeWriter::isClosed);
		this.subscribers.forEach((subscriber) -> subscriber.writeWithoutPushback(new Change(by)));
	}

	/** Ends all streams, in good order. */
	synchronized void end() {
		this.subscribers.forEach(PipeWriter::close);
	}

	synchronized void reject(boolean all) {
		this.rejecting = all;
	}

	synchronized int subscribers() {
		this.subscribers.removeIf(PipeWriter::isClosed);
		return this.subscribers.size();
	}

	List<String> queries() {
		return this.queries;
	}

	record Book(String symbol, long total) {
	}

	record Change(long by) {
	}

	record Position(String symbol, long number) {
	}

}
