package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

import io.persistentconn.annotation.OneWay;
import io.persistentconn.annotation.RpcMapping;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.StateStream;
import io.persistentconn.rpc.protocol.RpcId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.Nullness;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Reads one method. Used once.
 */
final class MethodParser {

	/** How many updates wait for a reader that does not push back. */
	private static final int MAX_BUFFERED = 64 * 1024;

	private final Method declared;

	private final Class<?> type;

	private final Function<Type, BinCodec<Object>> codecs;

	private final RpcMapping mapping;

	private final List<@Nullable CallerArgument> parameters = new ArrayList<>();

	/**
	 * Begins to read.
	 * @param declared the method, with its annotations
	 * @param type the class or interface that says what stands for type variables
	 */
	MethodParser(Method declared, Class<?> type, Function<Type, BinCodec<Object>> codecs) {
		this.declared = declared;
		this.type = type;
		this.codecs = codecs;
		this.mapping = Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(declared, RpcMapping.class));
	}

	/** Name and version. */
	RpcId id() {
		String name = this.mapping.name();
		try {
			return RpcId.of(name.isEmpty() ? kebabCase(this.declared.getName()) : name, this.mapping.version());
		}
		catch (IllegalArgumentException ex) {
			throw wrong(ex.getMessage(), "Give it a name and a version that an RPC can have");
		}
	}

	/** {@code getQuote} is {@code get-quote}, {@code getURLOf} is {@code get-url-of}. */
	static String kebabCase(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
			.replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
			.toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads all of it.
	 * @param method what is called, which may override the declared one
	 */
	RpcMethod parse(Method method) {
		Type result = resolve(this.declared.getGenericReturnType());
		ResultForm form = ResultForm.of(raw(result));
		Type value = (form == ResultForm.VALUE) ? result : argument(result, 0);
		ValueForm valueForm = valueForm(form, value);
		RpcDefinition definition = definition(form, valueForm, value);
		return new RpcMethod(method, definition, form, valueForm, this.mapping.error(), this.parameters);
	}

	private RpcDefinition definition(ResultForm form, ValueForm valueForm, Type value) {
		RpcId id = id();
		BinCodec<Object[]> query = query();
		if (AnnotatedElementUtils.hasAnnotation(this.declared, OneWay.class)) {
			if (form.isStream() || valueForm != ValueForm.VOID) {
				throw wrong("it has a result, and is @OneWay",
						"Let it return void, or a stage or Mono of Void, or remove @OneWay");
			}
			return new RpcDefinition.OneWay(OneWayRpc.of(id.name(), id.version(), query));
		}
		if (form.isStream()) {
			PipeRpc<Object[], Object, Object> rpc = PipeRpc.of(id.name(), id.version(), query,
					codec(value, "its updates"), rejection());
			// Who reads element by element may call again for each, and must get the
			// answer.
			boolean pushesBack = form == ResultForm.PUBLISHER || form == ResultForm.FLUX;
			return new RpcDefinition.Pipe(pushesBack ? rpc.withPushback() : rpc.withMaxBuffered(MAX_BUFFERED));
		}
		if (raw(value) == StateStream.class) {
			return new RpcDefinition.State(StateRpc
				.of(id.name(), id.version(), query, codec(argument(value, 0), "its state"),
						codec(argument(value, 1), "its updates"), rejection())
				.withMaxBuffered(MAX_BUFFERED));
		}
		return new RpcDefinition.Unary(Rpc.of(id.name(), id.version(), query, answer(valueForm, value)));
	}

	private BinCodec<Object> rejection() {
		return codec(this.mapping.error(), "its rejection");
	}

	private BinCodec<Object> answer(ValueForm form, Type value) {
		return (form == ValueForm.VOID) ? untyped(BinCodecs.UNIT) : form(form, codec(value, "its result"));
	}

	@SuppressWarnings({ "unchecked", "NullAway" }) // an array of nullable elements is an
													// array
	private BinCodec<Object[]> query() {
		List<BinCodec<Object>> found = new ArrayList<>();
		List<ValueForm> forms = new ArrayList<>();
		List<String> names = new ArrayList<>();
		for (Parameter parameter : this.declared.getParameters()) {
			Type parameterType = resolve(parameter.getParameterizedType());
			CallerArgument argument = CallerArgument.of(parameterType);
			this.parameters.add(argument);
			if (argument == null) {
				ValueForm form = (Nullness.forParameter(parameter) == Nullness.NULLABLE) ? ValueForm.NULLABLE
						: ValueForm.PLAIN;
				forms.add(form);
				names.add(parameter.getName());
				found.add(form(form, codec(parameterType, "its parameter " + parameter.getName())));
			}
		}
		return (BinCodec<Object[]>) (BinCodec<?>) new ArgumentsCodec(found, forms, names);
	}

	private ValueForm valueForm(ResultForm form, Type value) {
		if (value == void.class || value == Void.class) {
			return ValueForm.VOID;
		}
		boolean nullable = (form == ResultForm.VALUE) ? Nullness.forMethodReturnType(this.declared) == Nullness.NULLABLE
				: isArgumentNullable();
		return nullable ? ValueForm.NULLABLE : ValueForm.PLAIN;
	}

	private boolean isArgumentNullable() {
		return this.declared.getAnnotatedReturnType() instanceof AnnotatedParameterizedType parameterized
				&& parameterized.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
	}

	private static BinCodec<Object> form(ValueForm form, BinCodec<Object> codec) {
		return (form == ValueForm.NULLABLE) ? untyped(BinCodecs.option(codec)) : codec;
	}

	private BinCodec<Object> codec(Type type, String what) {
		try {
			return this.codecs.apply(type);
		}
		catch (IllegalArgumentException ex) {
			throw new RpcContractException(RpcContractException.describe(this.declared),
					"there is no codec for " + what + ", " + type.getTypeName() + ": " + ex.getMessage(),
					"Use a type that has a codec, or define a bean of type BinCodec for it", ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static BinCodec<Object> untyped(BinCodec<?> codec) {
		return (BinCodec<Object>) codec;
	}

	private Type resolve(Type generic) {
		return GenericTypeResolver.resolveType(generic, this.type);
	}

	private Type argument(Type type, int index) {
		if (type instanceof ParameterizedType parameterized) {
			return parameterized.getActualTypeArguments()[index];
		}
		throw wrong("its result, " + type.getTypeName() + ", has no type argument", "Say of what it is");
	}

	private static Class<?> raw(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return (Class<?>) parameterized.getRawType();
		}
		return (type instanceof Class<?> plain) ? plain : Object.class;
	}

	private RpcContractException wrong(@Nullable String problem, String expected) {
		return new RpcContractException(this.declared, String.valueOf(problem), expected);
	}

}
