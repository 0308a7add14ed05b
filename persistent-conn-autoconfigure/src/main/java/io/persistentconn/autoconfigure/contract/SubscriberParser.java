package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.durable.PipeUpdate;
import io.persistentconn.durable.StateUpdate;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;

/**
 * Reads one method that takes what a subscription brings. Used once.
 */
final class SubscriberParser {

	private static final String SIGNATURE = "Give it a parameter, a StateUpdate<state, update, error> or a "
			+ "PipeUpdate<update, error>";

	private final String where;

	private final Method method;

	private final Function<Type, BinCodec<Object>> codecs;

	private final Type parameter;

	/**
	 * Begins to read.
	 * @param where names the bean and the method
	 * @param type the class of the bean, which says what stands for type variables
	 */
	SubscriberParser(String where, Method method, Class<?> type, Function<Type, BinCodec<Object>> codecs) {
		this.where = where;
		this.method = method;
		this.codecs = codecs;
		Type[] parameters = method.getGenericParameterTypes();
		if (parameters.length == 0) {
			throw wrong("it has no parameter", SIGNATURE, null);
		}
		this.parameter = GenericTypeResolver.resolveType(parameters[0], type);
	}

	/** Reads all of it, with the type of the query, or {@code null} for {@code unit}. */
	SubscriberMethod parse(String rpc, long version, @Nullable Type query) {
		ResultForm form = ResultForm.of(this.method.getReturnType());
		if (form.isStream() || (form == ResultForm.VALUE && this.method.getReturnType() != void.class)) {
			throw wrong("it returns " + this.method.getGenericReturnType().getTypeName(),
					"Let it return void, or a stage or Mono that completes when it is done", null);
		}
		List<Class<?>> parameters = List.of(this.method.getParameterTypes());
		return new SubscriberMethod(this.method, definition(id(rpc, version), query(query)), form,
				parameters.subList(1, parameters.size()));
	}

	private RpcDefinition definition(RpcId id, BinCodec<Object[]> query) {
		if (this.parameter instanceof ParameterizedType type) {
			if (type.getRawType() == StateUpdate.class) {
				return new RpcDefinition.State(StateRpc.of(id.name(), id.version(), query,
						codec(type, 0, "the state of"), codec(type, 1, "the updates of"), codec(type, 2, "errors of")));
			}
			if (type.getRawType() == PipeUpdate.class) {
				return new RpcDefinition.Pipe(PipeRpc.of(id.name(), id.version(), query,
						codec(type, 0, "the updates of"), codec(type, 1, "errors of")));
			}
		}
		throw wrong("its first parameter is of the type " + this.parameter.getTypeName(), SIGNATURE, null);
	}

	private RpcId id(String rpc, long version) {
		try {
			return RpcId.of(rpc, version);
		}
		catch (IllegalArgumentException ex) {
			throw wrong(String.valueOf(ex.getMessage()), "Give it a name and a version that an RPC can have", ex);
		}
	}

	@SuppressWarnings({ "unchecked", "NullAway" }) // an array of nullable elements is an
													// array
	private BinCodec<Object[]> query(@Nullable Type query) {
		ArgumentsCodec codec = (query == null) ? new ArgumentsCodec(List.of(), List.of(), List.of())
				: new ArgumentsCodec(List.of(codec(query, "the query of")), List.of(ValueForm.PLAIN), List.of("query"));
		return (BinCodec<Object[]>) (BinCodec<?>) codec;
	}

	private BinCodec<Object> codec(ParameterizedType type, int index, String what) {
		return codec(type.getActualTypeArguments()[index], what);
	}

	private BinCodec<Object> codec(Type type, String what) {
		try {
			return this.codecs.apply(type);
		}
		catch (IllegalArgumentException ex) {
			throw wrong("there is no codec for " + what + " the RPC, " + type.getTypeName() + ": " + ex.getMessage(),
					"Use a type that has a codec, or define a bean of type BinCodec for it", ex);
		}
	}

	private RpcContractException wrong(String problem, String expected, @Nullable Throwable cause) {
		return new RpcContractException(this.where, problem, expected, cause);
	}

}
