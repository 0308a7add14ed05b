package io.persistentconn.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The file that a unix socket is found by. It stays behind when its server dies, and then
 * nobody can listen there until it is removed.
 */
final class UnixSocketFile {

	private final Path path;

	UnixSocketFile(UnixDomainSocketAddress address) {
		this.path = address.getPath();
	}

	/**
	 * Makes way for a new server, by removing the file if nobody listens there.
	 * @return why there is no way
	 * @throws IOException if the file can be neither looked at nor removed
	 */
	Optional<String> prepare() throws IOException {
		Path directory = this.path.toAbsolutePath().getParent();
		if (directory == null || !Files.isDirectory(directory)) {
			return Optional.of("the directory " + directory + " does not exist");
		}
		if (!Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
			return Optional.empty();
		}
		BasicFileAttributes attributes = Files.readAttributes(this.path, BasicFileAttributes.class);
		if (!attributes.isOther()) {
			return Optional.of("the file exists and is not a socket");
		}
		if (isListenedTo()) {
			return Optional.of("address already in use");
		}
		Files.deleteIfExists(this.path);
		return Optional.empty();
	}

	/** Connects without waiting; a listener whose backlog is full counts as one. */
	private boolean isListenedTo() {
		try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			probe.configureBlocking(false);
			probe.connect(UnixDomainSocketAddress.of(this.path));
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
