package io.persistentconn.autoconfigure.service;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Where the methods of services that may block are called: on the application's executor,
 * as its asynchronous tasks are. If there is none, on virtual threads if the application
 * wants such, and else on a few threads of its own.
 */
public final class ServiceExecutor implements DisposableBean {

	/** The name that Spring Boot gives to the executor of the application. */
	public static final String APPLICATION_TASK_EXECUTOR = "applicationTaskExecutor";

	private static final String THREADS = "persistent-conn-rpc-";

	private static final int MAX_THREADS = 8;

	private final BeanFactory beans;

	private final Environment environment;

	private final SingletonSupplier<Executor> executor = SingletonSupplier.of(this::choose);

	private volatile Runnable shutdown = () -> {
	};

	/**
	 * Creates an executor, which has no threads until it is used.
	 * @param beans may have the application's executor
	 * @param environment says whether threads are virtual
	 */
	public ServiceExecutor(BeanFactory beans, Environment environment) {
		this.beans = beans;
		this.environment = environment;
	}

	/**
	 * The executor.
	 * @return always the same
	 */
	public Executor get() {
		return this.executor.obtain();
	}

	private Executor choose() {
		if (this.beans.containsBean(APPLICATION_TASK_EXECUTOR)
				&& this.beans.isTypeMatch(APPLICATION_TASK_EXECUTOR, Executor.class)) {
			return this.beans.getBean(APPLICATION_TASK_EXECUTOR, Executor.class);
		}
		if (Threading.VIRTUAL.isActive(this.environment)) {
			SimpleAsyncTaskExecutor virtual = new SimpleAsyncTaskExecutor(THREADS);
			virtual.setVirtualThreads(true);
			return virtual;
		}
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setThreadNamePrefix(THREADS);
		pool.setCorePoolSize(MAX_THREADS);
		pool.setAllowCoreThreadTimeOut(true);
		pool.setDaemon(true);
		pool.initialize();
		this.shutdown = pool::shutdown;
		return pool;
	}

	@Override
	public void destroy() {
		this.shutdown.run();
	}

}
