package io.persistentconn.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalIoHandler;
import org.jspecify.annotations.Nullable;

/**
 * Connections within the process, as if it were all of the network: every host is this
 * one, and only who has the same of these meets. Thread safe.
 */
final class MemorySockets implements Sockets {

	private static final int FIRST_CHOSEN_PORT = 49152;

	private static final int CHOSEN_PORTS = 65536 - FIRST_CHOSEN_PORT;

	/** By port or path. */
	private final Map<Object, MemoryServerChannel> listening = new ConcurrentHashMap<>();

	private final AtomicInteger chosenPorts = new AtomicInteger();

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public boolean isInMemory() {
		return true;
	}

	@Override
	public IoHandlerFactory newIoHandlerFactory() {
		return LocalIoHandler.newFactory();
	}

	@Override
	public Channel newClientChannel(SocketAddress remote) {
		return new MemoryChannel(this);
	}

	@Override
	public ServerChannel newServerChannel(SocketAddress local) {
		return new MemoryServerChannel(this);
	}

	@Override
	public ChannelOption<Boolean> reusePort() {
		return ChannelOption.SO_REUSEADDR;
	}

	@Override
	public SocketAddress toNetty(SocketAddress address) {
		return address;
	}

	@Override
	public SocketAddress toJdk(@Nullable SocketAddress address, boolean unix) {
		return Objects.requireNonNull(address);
	}

	/**
	 * Lets a server listen.
	 * @return the address, with the port that it got
	 * @throws IOException if another does already
	 */
	SocketAddress listen(SocketAddress address, MemoryServerChannel server) throws IOException {
		SocketAddress local = (address instanceof InetSocketAddress inet && inet.getPort() == 0)
				? new InetSocketAddress(inet.getAddress(), choosePort()) : address;
		if (this.listening.putIfAbsent(place(local), server) != null) {
			throw new BindException("Address already in use");
		}
		return local;
	}

	void forget(MemoryServerChannel server) {
		this.listening.values().remove(server);
	}

	@Nullable MemoryServerChannel listeningOn(SocketAddress address) {
		return this.listening.get(place(address));
	}

	/** Completes the local address of a client. */
	SocketAddress localFor(SocketAddress remote, @Nullable SocketAddress local) {
		if (remote instanceof UnixDomainSocketAddress) {
			return Objects.requireNonNullElseGet(local, () -> UnixDomainSocketAddress.of(""));
		}
		if (local instanceof InetSocketAddress inet && inet.getPort() != 0) {
			return inet;
		}
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), choosePort());
	}

	/** The address of every host. */
	static InetAddress thisHost(String name) {
		try {
			return InetAddress.getByAddress(name, InetAddress.getLoopbackAddress().getAddress());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int choosePort() {
		return FIRST_CHOSEN_PORT + Math.floorMod(this.chosenPorts.getAndIncrement(), CHOSEN_PORTS);
	}

	private static Object place(SocketAddress address) {
		return (address instanceof UnixDomainSocketAddress unix) ? unix.getPath().toAbsolutePath().normalize()
				: (Object) ((InetSocketAddress) address).getPort();
	}

}
