package io.persistentconn.autoconfigure.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.persistentconn.rpc.Implementation;
import io.persistentconn.rpc.Implementations;
import io.persistentconn.rpc.RpcInterceptor;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.protocol.RpcId;

/**
 * Builds what one end of RPC connections offers, and how it holds them. Not thread safe.
 */
public final class RpcEndBuilder {

	private final String end;

	private final Map<String, Implementation> beans;

	private final Implementations.Builder implementations = Implementations.builder();

	private final List<RpcInterceptor> interceptors;

	private RpcOptions options = RpcOptions.defaults();

	/**
	 * Begins with the implementations and interceptors that are beans, or methods of
	 * them, and the default options.
	 * @param end what this is about, for errors
	 * @param beans the implementations by the names of their beans or methods
	 * @param interceptors the interceptors in order
	 */
	RpcEndBuilder(String end, Map<String, Implementation> beans, List<RpcInterceptor> interceptors) {
		this.end = end;
		this.beans = new LinkedHashMap<>(beans);
		this.interceptors = new ArrayList<>(interceptors);
		this.beans.values().forEach(this.implementations::add);
	}

	/**
	 * Changes how connections are held. What it says of implementations and interceptors
	 * is not used.
	 * @param change gives changed options
	 * @return this builder
	 */
	public RpcEndBuilder options(UnaryOperator<RpcOptions> change) {
		this.options = change.apply(this.options);
		return this;
	}

	/**
	 * What is offered to the peer, to add to, and to say what happens on errors.
	 * @return has the implementations that are beans already
	 */
	public Implementations.Builder implementations() {
		return this.implementations;
	}

	/**
	 * Who sees the calls in both directions, to add to and to change.
	 * @return has the interceptors that are beans already; the first is the outermost
	 */
	public List<RpcInterceptor> interceptors() {
		return this.interceptors;
	}

	/**
	 * Builds the options.
	 * @return the options, with the implementations and interceptors
	 * @throws DuplicateRpcException if there are two of one name and version
	 */
	public RpcOptions build() {
		try {
			return this.options.withInterceptors(this.interceptors).withImplementations(this.implementations.build());
		}
		catch (IllegalArgumentException ex) {
			throw new DuplicateRpcException(this.end, duplicates(), ex);
		}
	}

	/** The beans that are in the way of each other; those that were added are none. */
	private List<String> duplicates() {
		List<RpcId> ids = this.beans.values().stream().map(Implementation::id).toList();
		return this.beans.entrySet()
			.stream()
			.filter((bean) -> Collections.frequency(ids, bean.getValue().id()) > 1)
			.map(Map.Entry::getKey)
			.toList();
	}

}
