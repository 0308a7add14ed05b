package io.persistentconn.rpc.golden;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.netty.buffer.Unpooled;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinProtException;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.Pair;
import io.persistentconn.binprot.Sexp;
import io.persistentconn.rpc.golden.GoldenRecording.Direction;
import io.persistentconn.rpc.protocol.Menu;
import io.persistentconn.rpc.protocol.MessageReader;
import io.persistentconn.rpc.protocol.ProtocolVersion;

/**
 * What one side of a connection sent and how it ended it, in a form in which what must be
 * equal is equal: all bytes but those of the sexps in errors, where only the location is
 * told, and of close reasons. The first heartbeat stands right behind the header.
 */
final class Transcript {

	/** Errors whose payload is a sexp, by their kind on the wire. */
	private static final List<Integer> SEXP_ERRORS = List.of(0, 2, 3, 6, 8, 9);

	private static final int WRITE_ERROR = 2;

	/**
	 * One message.
	 *
	 * @param kind what it is, in one word
	 * @param text all that must be equal
	 * @param menu names and versions, sorted, if it tells a menu, which may be told in
	 * other orders and with other digests
	 */
	record Entry(String kind, String text, Optional<String> menu) {

		static Entry of(String kind, String text) {
			return new Entry(kind, text, Optional.empty());
		}

		/** Whether both are the same message, but for the form of a menu. */
		boolean corresponds(Entry other) {
			return equals(other)
					|| (this.kind.equals(other.kind) && this.menu.isPresent() && this.menu.equals(other.menu));
		}

	}

	private final List<Entry> entries = new ArrayList<>();

	private final String end;

	private Transcript(byte[] sent, String end) {
		this.end = end;
		int taken = 0;
		for (byte[] frame : GoldenRecording.frames(sent)) {
			this.entries.add((taken == 0) ? Entry.of("header", hex(frame)) : entry(frame));
			taken += Long.BYTES + frame.length;
		}
		if (taken < sent.length) {
			this.entries.add(Entry.of("rest", HexFormat.of().formatHex(sent, taken, sent.length)));
		}
		Entry heartbeat = Entry.of("heartbeat", "00");
		if (this.entries.remove(heartbeat)) {
			this.entries.add(1, heartbeat);
		}
	}

	/**
	 * What a side sent.
	 * @param end how the connection ended for it: {@code closed} it, {@code followed} the
	 * peer, or left it {@code open}
	 */
	static Transcript of(byte[] sent, String end) {
		return new Transcript(sent, end);
	}

	/** What was recorded of the side that sends in a direction. */
	static Transcript of(GoldenRecording recording, Direction direction) {
		boolean closed = (direction == Direction.CLIENT_TO_SERVER) ? clientCloses(recording) : serverCloses(recording);
		return new Transcript(recording.bytes(direction), closed ? "closed" : "followed");
	}

	/**
	 * The server tells why the connection closed; the ends in the recording may cross.
	 */
	private static boolean serverCloses(GoldenRecording recording) {
		return recording.serverSays()
			.stream()
			.filter((line) -> line.contains("connection closed: ") || line.contains("handshake error: "))
			.noneMatch((line) -> line.contains("EOF or connection closed") || line.contains("closed by remote side")
					|| line.contains("Handshake_error(Eof"));
	}

	/** The client tells if it noticed that the connection closed. */
	private static boolean clientCloses(GoldenRecording recording) {
		if (recording.clientSays().stream().noneMatch((line) -> line.contains("closed"))) {
			return true;
		}
		List<Direction> ends = recording.chunks()
			.stream()
			.filter(GoldenRecording.Chunk::eof)
			.map(GoldenRecording.Chunk::direction)
			.toList();
		return ends.get(0) == Direction.CLIENT_TO_SERVER
				&& !isCloseReason(recording.frames(Direction.SERVER_TO_CLIENT));
	}

	/** Whether the last of some frames tells why the connection closes. */
	static boolean isCloseReason(List<byte[]> frames) {
		return frames.size() > 1 && List.of(5, 6, 11).contains(kind(frames.get(frames.size() - 1)));
	}

	/** An empty frame has none. */
	private static int kind(byte[] frame) {
		return (frame.length == 0) ? -1 : frame[0];
	}

	private static Entry entry(byte[] frame) {
		int kind = kind(frame);
		return switch (kind) {
			case 0 -> Entry.of("heartbeat", hex(frame));
			case 1, 3, 9, 12 -> Entry.of("query", hex(frame));
			case 2, 8 -> response(frame);
			case 4, 7 -> new Entry("metadata", hex(frame), Optional.of(metadata(frame)));
			case 5, 6, 11 -> Entry.of("close-reason", "kind " + kind);
			case 10 -> Entry.of("close-started", hex(frame));
			default -> Entry.of("malformed", hex(frame));
		};
	}

	private static Entry response(byte[] frame) {
		BinReader in = reader(frame);
		int kind = in.readUnsignedByte();
		long id = in.readOcamlInt();
		if (kind == 8 && in.readPresent()) {
			in.readLongNat0();
		}
		if (in.readUnsignedByte() == 0) {
			in.readLongNat0();
			return new Entry("response", hex(frame), menu(id, in));
		}
		int error = in.readUnsignedByte();
		if (!SEXP_ERRORS.contains(error)) {
			return Entry.of("response", hex(frame));
		}
		String head = HexFormat.of().formatHex(frame, 0, in.position());
		Sexp sexp = BinCodecs.SEXP.read(in);
		return Entry.of("response", head + ((error == WRITE_ERROR) ? " " + sexp : location(sexp)));
	}

	/** A list of names and versions, if it is one. */
	private static Optional<String> menu(long id, BinReader in) {
		try {
			List<Pair<String, Long>> menu = GoldenRpcs.MENU_CODEC.read(in);
			return menu.isEmpty() ? Optional.empty()
					: Optional.of(id + " " + menu.stream().map(Pair::toString).sorted().toList());
		}
		catch (BinProtException ex) {
			return Optional.empty();
		}
	}

	private static String metadata(byte[] frame) {
		ReEncoder side = new ReEncoder(ProtocolVersion.HIGHEST, Set.of());
		side.into(Unpooled.buffer());
		new MessageReader().read(reader(frame), side);
		return frame[0] + " " + side.metadata().identification() + " " + side.metadata().menu().map(Menu::ids);
	}

	/** The values of all fields named so, however deep. */
	private static String location(Sexp sexp) {
		StringBuilder found = new StringBuilder();
		if (sexp instanceof Sexp.List list) {
			List<Sexp> items = list.items();
			if (items.size() == 2 && items.get(0).equals(Sexp.of("location"))) {
				return " " + items.get(1);
			}
			items.forEach((item) -> found.append(location(item)));
		}
		return found.toString();
	}

	private static BinReader reader(byte[] frame) {
		return new BinReader().reset(Unpooled.wrappedBuffer(frame), 0, frame.length);
	}

	private static String hex(byte[] frame) {
		return HexFormat.of().formatHex(frame);
	}

	List<Entry> entries() {
		return this.entries;
	}

	String end() {
		return this.end;
	}

	/**
	 * How another differs.
	 *
	 * @param message the kind of the message, or {@code end}, or {@code says}
	 * @param outcome {@code added}, {@code missing} or {@code other-form}, or what it is
	 * and was expected to be
	 */
	record Difference(String message, String outcome) {
	}

	List<Difference> differences(Transcript actual) {
		List<Difference> differences = new ArrayList<>();
		int[][] common = common(this.entries, actual.entries);
		int i = 0;
		int j = 0;
		while (i < this.entries.size() || j < actual.entries.size()) {
			Entry here = (i < this.entries.size()) ? this.entries.get(i) : null;
			Entry there = (j < actual.entries.size()) ? actual.entries.get(j) : null;
			if (here != null && there != null && here.corresponds(there)) {
				if (!here.equals(there)) {
					differences.add(new Difference(here.kind(), "other-form"));
				}
				i++;
				j++;
			}
			else if (there == null || (here != null && common[i + 1][j] >= common[i][j + 1])) {
				differences.add(new Difference(this.entries.get(i++).kind(), "missing"));
			}
			else {
				differences.add(new Difference(there.kind(), "added"));
				j++;
			}
		}
		if (!this.end.equals(actual.end)) {
			differences.add(new Difference("end", actual.end + "-not-" + this.end));
		}
		return differences;
	}

	/** The length of the longest common subsequence from each pair of places on. */
	private static int[][] common(List<Entry> one, List<Entry> other) {
		int[][] common = new int[one.size() + 1][other.size() + 1];
		for (int i = one.size() - 1; i >= 0; i--) {
			for (int j = other.size() - 1; j >= 0; j--) {
				common[i][j] = one.get(i).corresponds(other.get(j)) ? common[i + 1][j + 1] + 1
						: Math.max(common[i + 1][j], common[i][j + 1]);
			}
		}
		return common;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.entries.forEach((entry) -> text.append("\n    ").append(entry.kind()).append(' ').append(entry.text()));
		return text.append("\n    ").append(this.end).toString();
	}

}
