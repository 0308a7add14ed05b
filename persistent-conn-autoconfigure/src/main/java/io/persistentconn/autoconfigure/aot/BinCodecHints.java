package io.persistentconn.autoconfigure.aot;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.ResolvableType;

/**
 * Tells a native image of the types that {@code BinCodecs} derives codecs for: of
 * records, enums, sealed interfaces and arrays, and of all that these consist of. The
 * types of annotated RPCs and subscriptions are told anyway. For others call this from a
 * {@code RuntimeHintsRegistrar}.
 */
public final class BinCodecHints {

	private final ReflectionHints hints;

	private final Set<Type> seen = new HashSet<>();

	private BinCodecHints(ReflectionHints hints) {
		this.hints = hints;
	}

	/**
	 * Registers types.
	 * @param hints where to register them
	 * @param types what codecs are derived for; types of other kinds are left alone
	 */
	public static void register(ReflectionHints hints, Type... types) {
		BinCodecHints all = new BinCodecHints(hints);
		for (Type type : types) {
			all.add(type);
		}
	}

	private void add(Type type) {
		if (!this.seen.add(type)) {
			return;
		}
		if (type instanceof Class<?> plain) {
			addClass(plain);
		}
		else if (type instanceof ParameterizedType generic) {
			add(generic.getRawType());
			for (Type argument : generic.getActualTypeArguments()) {
				add(argument);
			}
		}
		else if (type instanceof GenericArrayType array) {
			addArray(array.getGenericComponentType());
		}
	}

	private void addClass(Class<?> type) {
		if (type.isRecord()) {
			addRecord(type);
		}
		else if (type.isEnum()) {
			this.hints.registerType(type, MemberCategory.ACCESS_PUBLIC_FIELDS, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
		else if (type.isArray()) {
			addArray(type.getComponentType());
		}
		else if (type.isInterface() && type.isSealed()) {
			this.hints.registerType(type);
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				add(permitted);
			}
		}
	}

	private void addRecord(Class<?> type) {
		this.hints.registerType(type, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		for (RecordComponent component : type.getRecordComponents()) {
			this.hints.registerMethod(component.getAccessor(), ExecutableMode.INVOKE);
			add(component.getGenericType());
		}
	}

	private void addArray(Type element) {
		this.hints.registerType(ResolvableType.forType(element).toClass().arrayType());
		add(element);
	}

}
