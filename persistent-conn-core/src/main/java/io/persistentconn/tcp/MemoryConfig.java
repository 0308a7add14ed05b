package io.persistentconn.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator;

/**
 * The options of a channel within the process. It takes all those of sockets, most of
 * which mean nothing here.
 */
final class MemoryConfig extends DefaultChannelConfig {

	private final Runnable autoReadCleared;

	/**
	 * Creates the options of a channel.
	 * @param autoReadCleared called when the channel is to stop reading
	 */
	MemoryConfig(Channel channel, RecvByteBufAllocator allocator, Runnable autoReadCleared) {
		super(channel, allocator);
		this.autoReadCleared = autoReadCleared;
	}

	@Override
	public <T> boolean setOption(ChannelOption<T> option, T value) {
		super.setOption(option, value);
		return true;
	}

	@Override
	protected void autoReadCleared() {
		this.autoReadCleared.run();
	}

}
