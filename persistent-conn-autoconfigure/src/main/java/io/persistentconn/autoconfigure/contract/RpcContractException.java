package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.Method;

import io.persistentconn.concurrent.PersistentConnException;
import org.jspecify.annotations.Nullable;

/**
 * An annotated class or method that cannot be an RPC as it stands.
 */
public final class RpcContractException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	private final String expected;

	/**
	 * Creates an exception about a method.
	 * @param method the method
	 * @param problem what is wrong with it
	 * @param expected what to do instead
	 */
	public RpcContractException(Method method, String problem, String expected) {
		this(describe(method), problem, expected, null);
	}

	/**
	 * Creates an exception.
	 * @param where what is wrong, such as a class
	 * @param problem what is wrong with it
	 * @param expected what to do instead
	 * @param cause how that was found, or {@code null}
	 */
	public RpcContractException(String where, String problem, String expected, @Nullable Throwable cause) {
		super(where + ": " + problem, cause);
		this.expected = expected;
	}

	/**
	 * What to do instead.
	 * @return a sentence without its end
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * Names a method.
	 * @param method the method
	 * @return its class, name and types of parameters
	 */
	public static String describe(Method method) {
		StringBuilder text = new StringBuilder(method.getDeclaringClass().getName()).append('.')
			.append(method.getName())
			.append('(');
		for (Class<?> parameter : method.getParameterTypes()) {
			text.append((text.charAt(text.length() - 1) == '(') ? "" : ", ").append(parameter.getSimpleName());
		}
		return text.append(')').toString();
	}

}
