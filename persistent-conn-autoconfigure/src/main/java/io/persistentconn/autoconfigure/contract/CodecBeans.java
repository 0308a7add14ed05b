package io.persistentconn.autoconfigure.contract;

import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

import io.persistentconn.autoconfigure.beans.BeanTypes;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinDerivation;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Finds the codec of a type: the {@link BinCodec} bean for it, or else the one that is
 * derived, with the beans for types that are parts of it. Beans whose type argument is
 * not known are left alone.
 */
final class CodecBeans {

	private final Map<String, BinCodec<?>> beans = new HashMap<>();

	private final Map<String, String> names = new HashMap<>();

	private BinDerivation derivation = BinCodecs.derivation();

	CodecBeans(ListableBeanFactory beans) {
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, BinCodec.class)) {
			ResolvableType type = type(name, beans);
			if (type.resolve() != null) {
				add(name, (BinCodec<?>) beans.getBean(name), type);
			}
		}
	}

	@SuppressWarnings("unchecked")
	private <T> void add(String name, BinCodec<T> codec, ResolvableType type) {
		String other = this.names.put(type.toString(), name);
		if (other != null) {
			throw new RpcContractException("The beans " + other + " and " + name,
					"both are a BinCodec for " + type.getType().getTypeName(), "Leave one of them out", null);
		}
		this.beans.put(type.toString(), codec);
		if (type.getType() instanceof Class<?> plain && plain.getTypeParameters().length == 0) {
			Class<T> boxed = (Class<T>) plain;
			Class<T> primitive = (Class<T>) MethodType.methodType(boxed).unwrap().returnType();
			this.derivation = this.derivation.with(boxed, codec).with(primitive, codec);
		}
	}

	/** What the definition of a bean says, or else its class. */
	private static ResolvableType type(String name, ListableBeanFactory beans) {
		ResolvableType value = BeanTypes.of(name, beans).as(BinCodec.class).getGeneric();
		return (value.resolve() != null) ? value
				: ResolvableType.forClass(beans.getBean(name).getClass()).as(BinCodec.class).getGeneric();
	}

	/**
	 * Finds a codec.
	 * @throws IllegalArgumentException if there is none; names the type
	 */
	@SuppressWarnings("unchecked")
	BinCodec<Object> codec(Type type) {
		Type boxed = (type instanceof Class<?> plain) ? ClassUtils.resolvePrimitiveIfNecessary(plain) : type;
		BinCodec<?> bean = this.beans.get(ResolvableType.forType(boxed).toString());
		return (BinCodec<Object>) ((bean != null) ? bean : this.derivation.ofType(type));
	}

}
