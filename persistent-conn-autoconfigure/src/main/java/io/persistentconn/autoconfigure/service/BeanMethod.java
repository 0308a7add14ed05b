package io.persistentconn.autoconfigure.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;

import io.persistentconn.autoconfigure.contract.RpcContractException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, which may be a proxy.
 */
public final class BeanMethod {

	private final Object bean;

	private final Method method;

	/**
	 * Looks for a method.
	 * @param bean the bean
	 * @param method the method, as its author wrote it
	 * @throws RpcContractException if the bean is a proxy that does not have it
	 */
	public BeanMethod(Object bean, Method method) {
		this.bean = bean;
		try {
			this.method = AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw new RpcContractException(RpcContractException.describe(method),
					"the proxy of its bean does not have it: " + ex.getMessage(),
					"Declare it in an interface that the class implements, or make it public", ex);
		}
		ReflectionUtils.makeAccessible(this.method);
	}

	/**
	 * Calls the method.
	 * @param arguments its arguments
	 * @return what it returns
	 * @throws Throwable what it throws
	 */
	public @Nullable Object invoke(@Nullable Object... arguments) throws Throwable {
		try {
			return this.method.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			throw (thrown instanceof UndeclaredThrowableException undeclared && undeclared.getCause() != null)
					? undeclared.getCause() : thrown;
		}
	}

	@Override
	public String toString() {
		return RpcContractException.describe(this.method);
	}

}
