package io.persistentconn.autoconfigure.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.persistentconn.annotation.RpcService;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A bean that is a service.
 *
 * @param name the name of the bean
 * @param type its class
 * @param annotation says for which servers it is
 */
record ServiceBean(String name, Class<?> type, RpcService annotation) {

	static List<ServiceBean> find(BeanFactory beans) {
		return find(TargetClasses.of(beans));
	}

	static List<ServiceBean> find(Map<String, Class<?>> classes) {
		List<ServiceBean> services = new ArrayList<>();
		classes.forEach((name, type) -> {
			RpcService annotation = AnnotatedElementUtils.findMergedAnnotation(type, RpcService.class);
			if (annotation != null) {
				services.add(new ServiceBean(name, type, annotation));
			}
		});
		return services;
	}

	List<String> servers() {
		return List.of(this.annotation.server());
	}

	boolean isFor(String server) {
		return servers().isEmpty() || servers().contains(server);
	}

}
