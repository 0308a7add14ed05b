package io.persistentconn.autoconfigure.aot;

import java.lang.reflect.Method;

import io.persistentconn.autoconfigure.client.RpcClientFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.javapoet.ClassName;

/**
 * Lets the definitions of imported clients be generated where their contracts are seen,
 * and tells a native image of the proxies that they are.
 */
final class RpcClientAotProcessor implements BeanRegistrationAotProcessor {

	static boolean isClient(RegisteredBean bean) {
		return RpcClientFactory.BEAN.equals(bean.getMergedBeanDefinition().getFactoryBeanName());
	}

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		return isClient(bean) ? new Contribution(bean.getBeanClass()) : null;
	}

	private record Contribution(Class<?> contract) implements BeanRegistrationAotContribution {

		/** In the package of the contract, which need not be public. */
		@Override
		public BeanRegistrationCodeFragments customizeBeanRegistrationCodeFragments(GenerationContext generation,
				BeanRegistrationCodeFragments fragments) {
			return new BeanRegistrationCodeFragmentsDecorator(fragments) {

				@Override
				public ClassName getTarget(RegisteredBean bean) {
					return ClassName.get(Contribution.this.contract);
				}

			};
		}

		/** With its default methods, which are called by reflection, too. */
		@Override
		public void applyTo(GenerationContext generation, BeanRegistrationCode code) {
			generation.getRuntimeHints().proxies().registerJdkProxy(this.contract);
			for (Method method : this.contract.getMethods()) {
				generation.getRuntimeHints().reflection().registerMethod(method, ExecutableMode.INVOKE);
			}
		}

	}

}
