package io.persistentconn.sample;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.persistentconn.autoconfigure.server.TcpServerDrainListener;
import io.persistentconn.tcp.ChunkResult;
import io.persistentconn.tcp.TcpHandler;
import io.persistentconn.tcp.TcpReader;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.TcpWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends the vitals of this process to every client: at once, and then every second. It is
 * the handler of the server {@code vitals} in {@code application.yml}.
 */
@Component
@Qualifier("vitals")
class VitalsHandler implements TcpHandler<InetSocketAddress>, TcpServerDrainListener {

	private final Set<TcpWriter> clients = ConcurrentHashMap.newKeySet();

	private final VitalsSource source;

	private final JsonMapper json;

	VitalsHandler(VitalsSource source, JsonMapper json) {
		this.source = source;
		this.json = json;
	}

	/** The client stays until it hangs up; what it says meanwhile is not our business. */
	@Override
	public CompletionStage<?> handle(InetSocketAddress client, TcpReader reader, TcpWriter writer) {
		writer.write(line());
		this.clients.add(writer);
		// It may end in order or by an error: neither is a failure of this handler.
		return reader.forEachChunk(VitalsHandler::ignore).handle((end, error) -> this.clients.remove(writer));
	}

	@Scheduled(fixedRateString = "PT1S")
	void send() {
		String line = line();
		for (TcpWriter client : this.clients) {
			// Who cannot follow misses some, instead of having old ones pile up here.
			if (!client.isBackedUp()) {
				client.write(line);
			}
		}
	}

	/** This application stops: the clients need not wait for the grace period to end. */
	@Override
	public void draining(TcpServer<?, ?> server, Duration gracePeriod) {
		this.clients.forEach(TcpWriter::closeAsync);
	}

	private String line() {
		return this.json.writeValueAsString(this.source.measure()) + "\n";
	}

	private static ChunkResult ignore(ByteBuf chunk) {
		chunk.skipBytes(chunk.readableBytes());
		return ChunkResult.more();
	}

}
