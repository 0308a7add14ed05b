package io.persistentconn.autoconfigure.service;

import io.persistentconn.autoconfigure.contract.RpcContractException;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.autoconfigure.properties.Protocol;
import io.persistentconn.autoconfigure.properties.ServerProperties;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses services for servers that are not there, which nobody would otherwise miss.
 */
public final class RpcServicesCheck implements SmartInitializingSingleton {

	private final PersistentConnProperties properties;

	private final ListableBeanFactory beans;

	/**
	 * Creates a check.
	 * @param properties describe the servers
	 * @param beans have the services
	 */
	public RpcServicesCheck(PersistentConnProperties properties, ListableBeanFactory beans) {
		this.properties = properties;
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ServiceBean.find(this.beans)
			.forEach((service) -> service.servers().forEach((server) -> check(service, server)));
	}

	private void check(ServiceBean service, String server) {
		ServerProperties properties = this.properties.servers().get(server);
		if (properties == null) {
			throw refusal(service, "there is no server '" + server + "'");
		}
		if (properties.protocol() != Protocol.RPC) {
			throw refusal(service, "the server '" + server + "' is none of RPCs, as its protocol is tcp");
		}
	}

	private static RpcContractException refusal(ServiceBean service, String problem) {
		return new RpcContractException(service.type().getName(), problem,
				"Let the server of its @RpcService be one of persistent-conn.servers with protocol: rpc", null);
	}

}
