package io.persistentconn.autoconfigure.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

import io.persistentconn.autoconfigure.properties.ConnectionProperties;
import io.persistentconn.autoconfigure.properties.PersistentConnProperties;
import io.persistentconn.connection.AddressSupplier;
import io.persistentconn.tcp.WhereToConnect;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Finds the addresses of a connection: from the first {@link AddressSource} that knows
 * it, or in its properties.
 */
final class ConnectionAddresses {

	private final Iterable<AddressSource> sources;

	ConnectionAddresses(Iterable<AddressSource> sources) {
		this.sources = sources;
	}

	AddressSupplier<List<WhereToConnect<?>>> addresses(String connection, ConnectionProperties properties) {
		AddressSupplier<List<WhereToConnect<?>>> supplier = StreamSupport.stream(this.sources.spliterator(), false)
			.flatMap((source) -> source.addressesOf(connection).stream())
			.findFirst()
			.orElseGet(() -> fromProperties(connection, properties));
		InetAddress local = properties.bindToAddress();
		return (local != null) ? () -> supplier.get().thenApply((addresses) -> bind(addresses, local)) : supplier;
	}

	private static AddressSupplier<List<WhereToConnect<?>>> fromProperties(String connection,
			ConnectionProperties properties) {
		if (properties.addresses().isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(
					PersistentConnProperties.PREFIX + ".connections." + connection + ".addresses", "",
					"Expected: at least one address, or an AddressSource bean that knows '" + connection + "'.");
		}
		List<WhereToConnect<?>> addresses = List.copyOf(properties.addresses());
		return () -> CompletableFuture.completedFuture(addresses);
	}

	private static List<WhereToConnect<?>> bind(List<WhereToConnect<?>> addresses, InetAddress local) {
		InetSocketAddress anyPort = new InetSocketAddress(local, 0);
		return addresses.stream().<WhereToConnect<?>>map((address) -> bind(address, anyPort)).toList();
	}

	private static WhereToConnect<?> bind(WhereToConnect<?> address, @Nullable InetSocketAddress local) {
		if (address.localAddress() != null || local == null) {
			return address;
		}
		if (address instanceof WhereToConnect.Host host) {
			return host.bindTo(local);
		}
		return (address instanceof WhereToConnect.Inet inet) ? inet.bindTo(local) : address;
	}

}
