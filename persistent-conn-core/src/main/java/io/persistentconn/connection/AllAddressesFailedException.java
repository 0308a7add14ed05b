package io.persistentconn.connection;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.persistentconn.concurrent.PersistentConnException;

/**
 * None of the several candidates of one attempt could be connected to. The message names
 * each with its error; the cause is the first error, the others are suppressed. Source:
 * rule C15.
 */
public final class AllAddressesFailedException extends PersistentConnException {

	private static final long serialVersionUID = 1L;

	AllAddressesFailedException(List<?> addresses, List<Throwable> errors) {
		super(IntStream.range(0, addresses.size())
			.mapToObj((i) -> describe(addresses.get(i)) + ": " + errors.get(i))
			.collect(
					Collectors.joining("; ", "None of " + addresses.size() + " addresses could be connected to: ", "")),
				errors.get(0));
		errors.stream().skip(1).forEach(this::addSuppressed);
	}

	private static String describe(Object address) {
		try {
			return address.toString();
		}
		catch (RuntimeException ex) {
			return address.getClass().getName();
		}
	}

}
