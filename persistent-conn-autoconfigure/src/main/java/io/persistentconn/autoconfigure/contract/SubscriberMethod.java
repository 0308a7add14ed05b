package io.persistentconn.autoconfigure.contract;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A method that takes what a subscription to a pipe or state RPC brings.
 *
 * @param method the method
 * @param definition the RPC, whose query is no argument for {@code unit}, or one
 * @param form how the method says that it is done: a {@link ResultForm#VALUE}, which is
 * {@code void}, a stage, or a {@code Mono}
 * @param further the types of the parameters after the first one
 */
public record SubscriberMethod(Method method, RpcDefinition definition, ResultForm form, List<Class<?>> further) {
}
