package io.persistentconn.tcp;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts on one listening channel while the server has a place for another client. The
 * channel's {@code autoRead} is the gate: the operating system is asked only while it is
 * on. It is off while the server is full, and for a while after accepting failed, such as
 * for want of descriptors: the clients wait in the backlog then.
 * <p>
 * Runs on the server's event loop. Source: rules T7 and T8.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(Acceptor.class);

	/**
	 * How long to wait after a failure; twice as long after each further one in a row.
	 */
	static final Duration MIN_BACK_OFF = Duration.ofMillis(100);

	static final Duration MAX_BACK_OFF = Duration.ofSeconds(1);

	private final Channel channel;

	private final Admission admission;

	private final Consumer<Channel> onAdmitted;

	private final Consumer<Throwable> onFailure;

	private Duration backOff = MIN_BACK_OFF;

	private @Nullable Future<?> pause;

	/**
	 * Creates an acceptor that waits for {@link #update()}.
	 * @param channel listens, with {@code autoRead} off
	 * @param admission decides
	 * @param onAdmitted receives each client's socket, unregistered, and owns it
	 * @param onFailure is told when accepting failed
	 */
	Acceptor(Channel channel, Admission admission, Consumer<Channel> onAdmitted, Consumer<Throwable> onFailure) {
		this.channel = channel;
		this.admission = admission;
		this.onAdmitted = onAdmitted;
		this.onFailure = onFailure;
		channel.config().setRecvByteBufAllocator(new AcceptLimit(admission::batch));
		channel.pipeline().addLast(this);
	}

	/** Opens or shuts the gate, after anything that it depends on has changed. */
	void update() {
		if (this.channel.isActive()) {
			this.channel.config().setAutoRead(this.pause == null && this.admission.batch() > 0);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object accepted) {
		Channel socket = (Channel) accepted;
		this.backOff = MIN_BACK_OFF;
		if (this.admission.admits()) {
			try {
				this.onAdmitted.accept(socket);
			}
			catch (Throwable ex) {
				logger.warn("Could not take the client {}", socket, ex);
				socket.unsafe().closeForcibly();
			}
		}
		else {
			this.admission.rejected.increment();
			socket.unsafe().closeForcibly();
		}
		update();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.admission.failedAccepts.increment();
		this.onFailure.accept(cause);
		if (this.pause == null) {
			this.pause = context.executor().schedule(this::resume, this.backOff.toNanos(), TimeUnit.NANOSECONDS);
			Duration doubled = this.backOff.multipliedBy(2);
			this.backOff = (doubled.compareTo(MAX_BACK_OFF) < 0) ? doubled : MAX_BACK_OFF;
		}
		update();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.pause != null) {
			this.pause.cancel(false);
		}
	}

	private void resume() {
		this.pause = null;
		update();
	}

}
