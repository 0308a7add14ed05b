package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.persistentconn.rpc.RpcContext;
import org.jspecify.annotations.Nullable;

/**
 * A method that is an RPC.
 */
public final class RpcMethod {

	private final Method method;

	private final RpcDefinition definition;

	private final ResultForm form;

	private final ValueForm value;

	private final Class<?> error;

	/** For each parameter what it is, or {@code null} for a part of the query. */
	private final List<@Nullable CallerArgument> parameters;

	private final boolean onlyQuery;

	RpcMethod(Method method, RpcDefinition definition, ResultForm form, ValueForm value, Class<?> error,
			List<@Nullable CallerArgument> parameters) {
		this.method = method;
		this.definition = definition;
		this.form = form;
		this.value = value;
		this.error = error;
		this.parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
		this.onlyQuery = parameters.stream().allMatch((parameter) -> parameter == null);
	}

	/**
	 * The method.
	 * @return the most specific one
	 */
	public Method method() {
		return this.method;
	}

	/**
	 * The RPC.
	 * @return its definition
	 */
	public RpcDefinition definition() {
		return this.definition;
	}

	/**
	 * How the method hands over its result.
	 * @return the form
	 */
	public ResultForm form() {
		return this.form;
	}

	/**
	 * How the answer of a unary RPC is written.
	 * @return the form
	 */
	public ValueForm value() {
		return this.value;
	}

	/**
	 * What a pipe or state is rejected with.
	 * @return the type
	 */
	public Class<?> error() {
		return this.error;
	}

	/**
	 * Whether all parameters are parts of the query, so that a client can call this.
	 * @return whether none tells about the caller
	 */
	public boolean hasOnlyQuery() {
		return this.onlyQuery;
	}

	/**
	 * The arguments for a call of the method.
	 * @param context who calls
	 * @param query what was asked
	 * @return the arguments in the order of the parameters
	 */
	public @Nullable Object[] arguments(RpcContext context, @Nullable Object[] query) {
		if (this.onlyQuery) {
			return query;
		}
		@Nullable Object[] arguments = new Object[this.parameters.size()];
		int next = 0;
		for (int i = 0; i < arguments.length; i++) {
			CallerArgument argument = this.parameters.get(i);
			arguments[i] = (argument != null) ? argument.of(context) : query[next++];
		}
		return arguments;
	}

	@Override
	public String toString() {
		return RpcContractException.describe(this.method) + " (" + this.definition.kind() + ")";
	}

}
