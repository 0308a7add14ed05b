package io.persistentconn.autoconfigure.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.persistentconn.autoconfigure.contract.RpcContracts;
import io.persistentconn.autoconfigure.contract.RpcMethod;
import io.persistentconn.rpc.Implementation;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes implementations of annotated services.
 */
public final class RpcServices {

	private final ListableBeanFactory beans;

	/**
	 * Creates a view of a bean factory.
	 * @param beans have the services, what handles their exceptions, the codecs, and the
	 * {@link ServiceExecutor}
	 */
	public RpcServices(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * What a server offers of services. They are made now, even if they are lazy.
	 * @param server the name of the server
	 * @param user the name of its bean, which is destroyed before the services
	 * @return the implementations with the names of their methods
	 * @throws io.persistentconn.autoconfigure.contract.RpcContractException if a method
	 * cannot be an RPC
	 */
	public Map<String, Implementation> implementations(String server, String user) {
		Map<String, Class<?>> classes = TargetClasses.of(this.beans);
		List<ServiceBean> services = ServiceBean.find(classes);
		Map<String, Implementation> implementations = new LinkedHashMap<>();
		if (services.stream().noneMatch((service) -> service.isFor(server))) {
			return implementations;
		}
		services.forEach((service) -> classes.remove(service.name()));
		List<ExceptionHandlers.Handler> handlers = new ArrayList<>();
		classes.forEach((name, type) -> handlers.addAll(ExceptionHandlers.find(type,
				(method) -> SingletonSupplier.of(() -> new BeanMethod(this.beans.getBean(name), method)))));
		RpcContracts contracts = new RpcContracts(this.beans);
		for (ServiceBean service : services) {
			if (service.isFor(server)) {
				add(service, contracts.service(service.type()), use(service.name(), user), handlers, implementations);
			}
		}
		return implementations;
	}

	private void add(ServiceBean service, List<RpcMethod> methods, Object bean,
			List<ExceptionHandlers.Handler> handlers, Map<String, Implementation> implementations) {
		ExceptionHandlers exceptionHandlers = new ExceptionHandlers(ExceptionHandlers.find(service.type(), (method) -> {
			BeanMethod handler = new BeanMethod(bean, method);
			return () -> handler;
		}), handlers);
		for (RpcMethod method : methods) {
			BeanMethod invocable = new BeanMethod(bean, method.method());
			implementations.put(method.toString(),
					new ServiceMethod(method, invocable, executor(method), exceptionHandlers).implementation());
		}
	}

	/** Not made before there is a method that may block. */
	private Executor executor(RpcMethod method) {
		return method.form().isBlocking() ? this.beans.getBean(ServiceExecutor.class).get() : Runnable::run;
	}

	private Object use(String service, String user) {
		if (this.beans instanceof ConfigurableListableBeanFactory configurable) {
			configurable.registerDependentBean(service, user);
		}
		return this.beans.getBean(service);
	}

}
