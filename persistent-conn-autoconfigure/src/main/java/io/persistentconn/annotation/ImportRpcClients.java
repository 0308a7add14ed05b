package io.persistentconn.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.persistentconn.autoconfigure.client.RpcClientsRegistrar;

import org.springframework.context.annotation.Import;

/**
 * Defines clients: for each contract a bean of that interface, with the name of the
 * connection as qualifier. Its methods with {@link RpcMapping @RpcMapping} call over the
 * connection of the moment. Methods that return a stage, {@code Mono}, {@code Flux} or
 * {@code Flow.Publisher} never block; all others do, so event loops may not call them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ImportRpcClients.Container.class)
@Import(RpcClientsRegistrar.class)
public @interface ImportRpcClients {

	/**
	 * The contracts.
	 * @return interfaces
	 */
	Class<?>[] types();

	/**
	 * Over which connection to call.
	 * @return the name of a connection with {@code protocol: rpc}
	 */
	String connection();

	/**
	 * Several of them.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Import(RpcClientsRegistrar.class)
	@interface Container {

		/**
		 * All of them.
		 * @return the annotations
		 */
		ImportRpcClients[] value();

	}

}
