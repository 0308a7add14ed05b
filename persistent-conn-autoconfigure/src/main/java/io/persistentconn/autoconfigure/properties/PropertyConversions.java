package io.persistentconn.autoconfigure.properties;

import java.nio.file.Path;

import io.persistentconn.tcp.BufferAgeLimit;
import io.persistentconn.tcp.HostAndPort;
import io.persistentconn.tcp.WhereToConnect;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.convert.DurationStyle;

/**
 * What Spring Boot can convert, and the values of this library.
 */
final class PropertyConversions extends ApplicationConversionService {

	private static final String UNIX = "unix:";

	PropertyConversions() {
		addConverter(String.class, WhereToConnect.class, PropertyConversions::whereToConnect);
		addConverter(String.class, BufferAgeLimit.class, PropertyConversions::bufferAgeLimit);
	}

	private static WhereToConnect<?> whereToConnect(String text) {
		if (!text.startsWith(UNIX)) {
			return WhereToConnect.hostAndPort(HostAndPort.parse(text));
		}
		String path = text.substring(UNIX.length());
		if (path.isEmpty()) {
			throw new IllegalArgumentException("address: \"" + text + "\" (expected: unix:/path)");
		}
		return WhereToConnect.unix(Path.of(path));
	}

	private static BufferAgeLimit bufferAgeLimit(String text) {
		return "unlimited".equalsIgnoreCase(text) ? BufferAgeLimit.unlimited()
				: BufferAgeLimit.atMost(DurationStyle.detectAndParse(text));
	}

}
