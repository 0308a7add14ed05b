package io.persistentconn.rpc.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.Info;
import io.persistentconn.binprot.Md5;
import io.persistentconn.binprot.Sexp;

/**
 * Writes messages of all kinds with random values, and tells what is to be read of them.
 */
final class RandomMessage {

	private static final String DATA = "c0ffee";

	private final RandomGenerator random;

	RandomMessage(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Appends a message of a kind that the version has, and returns what is to be read.
	 */
	Object write(MessageWriter writer, ByteBuf out) {
		int version = writer.version();
		while (true) {
			switch (this.random.nextInt(8)) {
				case 0 -> {
					writer.heartbeat(out);
					return "heartbeat";
				}
				case 1 -> {
					return query(writer, out);
				}
				case 2 -> {
					long id = number();
					writer.okResponse(out, id, this.random.nextInt(300) - 1);
					data(out);
					return new LastMessage.Response(id, DATA);
				}
				case 3, 4 -> {
					long id = number();
					RpcError error = error();
					writer.errorResponse(out, id, this.random.nextInt(300) - 1, error);
					return new LastMessage.ErrorResponse(id, RpcErrorCodec.downgrade(error, version));
				}
				case 5 -> {
					if (ProtocolVersion.hasConnectionMetadata(version)) {
						return metadata(writer, out);
					}
				}
				case 6 -> {
					if (ProtocolVersion.hasCloseReason(version)) {
						CloseReason reason = closeReason();
						writer.closeReason(out, reason);
						return ProtocolVersion.hasStructuredCloseReason(version) ? reason
								: CloseReason.ofDebug(reason.toInfo());
					}
				}
				default -> {
					if (ProtocolVersion.hasCloseStarted(version)) {
						writer.closeStarted(out);
						return "close started";
					}
				}
			}
		}
	}

	private Object query(MessageWriter writer, ByteBuf out) {
		RpcId id = id();
		long queryId = number();
		int rank = this.random.nextInt(3) - 1;
		QueryMetadata metadata = this.random.nextBoolean() ? queryMetadata() : null;
		writer.query(out, id, rank, queryId, metadata);
		data(out);
		int version = writer.version();
		if (metadata != null && !ProtocolVersion.hasKeyedQueryMetadata(version)) {
			metadata = ProtocolVersion.hasQueryMetadata(version)
					? metadata.payload(QueryMetadata.DEFAULT_KEY).map(QueryMetadata::of).orElse(null) : null;
		}
		return (ProtocolVersion.hasQueryByRank(version) && rank >= 0)
				? new LastMessage.Query(rank, "", 0, queryId, metadata, DATA)
				: new LastMessage.Query(-1, id.name(), id.version(), queryId, metadata, DATA);
	}

	private static void data(ByteBuf out) {
		out.writeByte(DATA.length() / 2).writeBytes(Wire.bytes(DATA));
	}

	private Object metadata(MessageWriter writer, ByteBuf out) {
		Map<RpcId, Digests> rpcs = new HashMap<>();
		for (int i = this.random.nextInt(10); i > 0; i--) {
			rpcs.put(id(), digests());
		}
		ConnectionMetadata metadata = new ConnectionMetadata(option(() -> Identification.of(text())),
				option(() -> Menu.of(rpcs)));
		writer.metadata(out, metadata);
		return metadata;
	}

	private QueryMetadata queryMetadata() {
		Map<Long, String> payloads = new TreeMap<>();
		payloads.put(number(), text());
		for (int i = this.random.nextInt(3); i > 0; i--) {
			payloads.put((long) this.random.nextInt(5), text());
		}
		return new QueryMetadata(payloads);
	}

	private RpcId id() {
		return RpcId.of(text(), number());
	}

	private Digests digests() {
		return switch (this.random.nextInt(4)) {
			case 0 -> new Digests.Plain(md5(), md5());
			case 1 -> new Digests.OneWay(md5());
			case 2 -> new Digests.Streaming(md5(), md5(), md5(), md5());
			default -> Digests.UNKNOWN;
		};
	}

	private Md5 md5() {
		return new Md5(this.random.nextLong(), this.random.nextLong());
	}

	private CloseReason closeReason() {
		Sexp kind = this.random.nextBoolean() ? CloseReason.UNSPECIFIED : sexp(3);
		return new CloseReason(kind, option(() -> info(3)), option(() -> info(3)));
	}

	private RpcError error() {
		return switch (this.random.nextInt(10)) {
			case 0 -> new RpcError.BinIo(sexp(3));
			case 1 -> new RpcError.ConnectionClosed(RpcError.Closer.PEER, "the peer answers so", true);
			case 2 -> new RpcError.WriteError(sexp(3));
			case 3 -> new RpcError.UncaughtException(sexp(3));
			case 4 -> new RpcError.UnimplementedRpc(text(), number());
			case 5 -> new RpcError.UnknownQueryId(number());
			case 6 -> new RpcError.AuthorizationFailure(sexp(3));
			case 7 -> new RpcError.MessageTooBig(number(), number());
			case 8 -> new RpcError.Unknown(sexp(3));
			default -> new RpcError.LiftError(sexp(3));
		};
	}

	private Sexp sexp(int depth) {
		if (depth == 0 || this.random.nextInt(3) == 0) {
			return Sexp.of(text());
		}
		List<Sexp> items = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			items.add(sexp(depth - 1));
		}
		return new Sexp.List(items);
	}

	private Info info(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 9 : 5)) {
			case 0 -> Info.of(text());
			case 1 -> new Info.Exn(sexp(2));
			case 2 -> new Info.Value(sexp(2));
			case 3 -> new Info.TagSexp(text(), sexp(2), option(() -> new Info.SourcePosition(text(), 1, 2, 300)));
			case 4 -> new Info.CouldNotConstruct(sexp(2));
			case 5 -> new Info.TagT(text(), info(depth - 1));
			case 6 -> new Info.TagArg(text(), sexp(2), info(depth - 1));
			case 7 -> new Info.OfList(option(this::number), List.of(info(depth - 1), info(depth - 1)));
			default -> new Info.WithBacktrace(info(depth - 1), text());
		};
	}

	private <T> Optional<T> option(Supplier<T> value) {
		return this.random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(20); i > 0; i--) {
			text.appendCodePoint(
					(this.random.nextInt(10) > 0) ? this.random.nextInt(' ', 0x7f) : this.random.nextInt(0xa0, 0xd800));
		}
		return text.toString();
	}

	/** Of any size that an int of OCaml has. */
	private long number() {
		return this.random.nextLong() >> (2 + this.random.nextInt(61));
	}

}
