package io.persistentconn.rpc.protocol;

import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinWriter;

/**
 * Writes and reads {@link ConnectionMetadata}: two options, the second of which is a menu
 * in one of two forms.
 */
final class ConnectionMetadataCodec {

	private ConnectionMetadataCodec() {
	}

	static void writeV1(ConnectionMetadata metadata, ByteBuf out) {
		writeIdentification(metadata, out);
		BinWriter.writeBoolean(metadata.menu().isPresent(), out);
		metadata.menu().ifPresent((menu) -> MenuCodec.writeV1(menu, out));
	}

	static void writeV2(ConnectionMetadata metadata, ByteBuf out) {
		writeIdentification(metadata, out);
		BinWriter.writeBoolean(metadata.menu().isPresent(), out);
		metadata.menu().ifPresent((menu) -> MenuCodec.writeV2(menu, out));
	}

	private static void writeIdentification(ConnectionMetadata metadata, ByteBuf out) {
		BinWriter.writeBoolean(metadata.identification().isPresent(), out);
		metadata.identification().ifPresent((identification) -> BinWriter.writeBytes(identification.octets(), out));
	}

	static ConnectionMetadata readV1(BinReader in) {
		Optional<Identification> identification = readIdentification(in);
		Optional<Menu> menu = in.readPresent() ? Optional.of(MenuCodec.readV1(in)) : Optional.empty();
		return new ConnectionMetadata(identification, menu);
	}

	static ConnectionMetadata readV2(BinReader in) {
		Optional<Identification> identification = readIdentification(in);
		Optional<Menu> menu = in.readPresent() ? Optional.of(MenuCodec.readV2(in)) : Optional.empty();
		return new ConnectionMetadata(identification, menu);
	}

	private static Optional<Identification> readIdentification(BinReader in) {
		return in.readPresent() ? Optional.of(Identification.of(in.readBytes(in.readLength()))) : Optional.empty();
	}

}
