package io.persistentconn.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;

/**
 * Opens the listening socket of a server, on the server's event loop. Source: rules T5,
 * T11 and T12.
 */
final class Binder {

	/** How often a port chosen by the operating system is tried again. */
	private static final int RETRIES = 10;

	private final TcpServerOptions<?, ?> options;

	private final Sockets sockets;

	private final EventLoop owner;

	Binder(TcpServerOptions<?, ?> options, Sockets sockets, EventLoop owner) {
		this.options = options;
		this.sockets = sockets;
		this.owner = owner;
	}

	/**
	 * Opens a socket that listens but does not accept yet: its {@code autoRead} is off.
	 * @return a future of the channel, completed on the event loop; it fails with
	 * {@link BindFailedException}, and then nothing is left open
	 */
	CompletableFuture<Channel> bind() {
		CompletableFuture<Channel> listening = new CompletableFuture<>();
		SocketAddress address = this.options.where.bindAddress();
		try {
			if (address instanceof UnixDomainSocketAddress unix && this.options.socket == null
					&& !this.sockets.isInMemory()) {
				Optional<String> obstacle = new UnixSocketFile(unix).prepare();
				if (obstacle.isPresent()) {
					throw new BindFailedException(this.options.where, obstacle.get(), null);
				}
			}
			bind(address, portIsChosenByOs() ? RETRIES : 0, listening);
		}
		catch (BindFailedException ex) {
			listening.completeExceptionally(ex);
		}
		catch (Throwable ex) {
			listening.completeExceptionally(failed(ex));
		}
		return listening;
	}

	private boolean portIsChosenByOs() {
		return this.options.where instanceof WhereToListen.Inet inet && inet.port().isChosenByOs();
	}

	private void bind(SocketAddress address, int retries, CompletableFuture<Channel> listening) {
		ServerChannel channel = open(address);
		ChannelFuture registered = this.owner.register(channel);
		registered.addListener((registration) -> {
			if (!registration.isSuccess()) {
				channel.unsafe().closeForcibly();
				listening.completeExceptionally(failed(registration.cause()));
				return;
			}
			// A socket of the caller's may listen already.
			ChannelFuture bound = channel.isActive() ? channel.newSucceededFuture()
					: channel.bind(this.sockets.toNetty(address));
			bound.addListener((binding) -> {
				if (binding.isSuccess()) {
					listening.complete(channel);
					return;
				}
				channel.close();
				if (retries > 0 && binding.cause() instanceof IOException) {
					bind(address, retries - 1, listening);
				}
				else {
					listening.completeExceptionally(failed(binding.cause()));
				}
			});
		});
	}

	private ServerChannel open(SocketAddress address) {
		ServerChannel channel;
		if (this.options.socket != null) {
			channel = this.options.socket.get();
		}
		else {
			channel = this.sockets.newServerChannel(address);
			set(channel, ChannelOption.SO_BACKLOG, this.options.backlog);
			if (!(address instanceof UnixDomainSocketAddress)) {
				set(channel, ChannelOption.SO_REUSEADDR, this.options.reuseAddress);
				if (this.options.reusePort) {
					set(channel, this.sockets.reusePort(), true);
				}
			}
		}
		channel.config().setAutoRead(false);
		return channel;
	}

	private <T> void set(Channel channel, ChannelOption<T> option, T value) {
		boolean known;
		try {
			known = channel.config().setOption(option, value);
		}
		catch (RuntimeException ex) {
			channel.unsafe().closeForcibly();
			throw ex;
		}
		if (!known) {
			channel.unsafe().closeForcibly();
			throw new BindFailedException(this.options.where, option + " is not supported here", null);
		}
	}

	private BindFailedException failed(Throwable cause) {
		return (cause instanceof BindFailedException failed) ? failed
				: new BindFailedException(this.options.where, String.valueOf(cause.getMessage()), cause);
	}

}
