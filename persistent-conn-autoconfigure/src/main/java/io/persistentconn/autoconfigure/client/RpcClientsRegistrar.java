package io.persistentconn.autoconfigure.client;

import io.persistentconn.annotation.ImportRpcClients;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Defines the beans that {@link ImportRpcClients @ImportRpcClients} asks for, each once
 * however often it is asked for. Made by Spring.
 */
public final class RpcClientsRegistrar implements ImportBeanDefinitionRegistrar, BeanClassLoaderAware {

	private @Nullable ClassLoader classLoader;

	/**
	 * Creates a registrar.
	 */
	public RpcClientsRegistrar() {
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		for (AnnotationAttributes attributes : metadata.getMergedRepeatableAnnotationAttributes(ImportRpcClients.class,
				ImportRpcClients.Container.class, true)) {
			for (String type : attributes.getStringArray("types")) {
				register(ClassUtils.resolveClassName(type, this.classLoader), attributes.getString("connection"),
						registry);
			}
		}
	}

	private static void register(Class<?> type, String connection, BeanDefinitionRegistry registry) {
		String name = connection + "#" + type.getName();
		if (registry.containsBeanDefinition(name)) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(RpcClientFactory.BEAN);
		definition.setFactoryMethodName("client");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, connection);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, connection));
		registry.registerBeanDefinition(name, definition);
	}

}
