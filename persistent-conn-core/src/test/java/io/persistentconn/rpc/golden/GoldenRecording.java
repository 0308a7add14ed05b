package io.persistentconn.rpc.golden;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What two programs of the real implementation, or one and a hand-made peer, said to one
 * another. {@code recordings.txt.gz} holds one line for each fact, its parts separated by
 * tabs: {@code recording} with the name begins a recording, {@code what}, {@code client},
 * {@code server}, {@code client_flags}, {@code server_flags}, {@code client_says} and
 * {@code server_says} tell about it, and {@code c2s} and {@code s2c} are chunks with
 * their time in milliseconds and their bytes in hex, or {@code eof}.
 * <p>
 * Chunks are not frames, and only their time, their sizes and the place of the first
 * heartbeat among the first frames vary between runs.
 */
public final class GoldenRecording {

	/** Who sends. */
	public enum Direction {

		/** The client does. */
		CLIENT_TO_SERVER,

		/** The server does. */
		SERVER_TO_CLIENT

	}

	/**
	 * Bytes that arrived at one time, or the end of the stream.
	 *
	 * @param millis since the beginning
	 * @param direction who sent them
	 * @param hex the bytes, none at the end
	 * @param eof whether this is the end of the stream
	 */
	public record Chunk(double millis, Direction direction, String hex, boolean eof) {

		public byte[] bytes() {
			return HexFormat.of().parseHex(this.hex);
		}

	}

	private static final int LENGTH_BYTES = 8;

	private static final Map<String, GoldenRecording> ALL = read();

	private final String name;

	private final Map<String, List<String>> facts = new LinkedHashMap<>();

	private final List<Chunk> chunks = new ArrayList<>();

	private GoldenRecording(String name) {
		this.name = name;
	}

	/** All, in the order of their names. */
	public static List<GoldenRecording> all() {
		return List.copyOf(ALL.values());
	}

	/** One of them, such as {@code v0.17.0/pipe}. */
	public static GoldenRecording of(String name) {
		return Optional.ofNullable(ALL.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
	}

	private static Map<String, GoldenRecording> read() {
		Map<String, GoldenRecording> all = new LinkedHashMap<>();
		GoldenRecording current = new GoldenRecording("");
		try (BufferedReader reader = open("recordings.txt.gz")) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				String[] parts = line.split("\t", -1);
				if (parts[0].equals("recording")) {
					current = new GoldenRecording(parts[1]);
					all.put(parts[1], current);
				}
				else {
					current.add(parts);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return all;
	}

	private static BufferedReader open(String resource) throws IOException {
		InputStream stream = GoldenRecording.class.getResourceAsStream(resource);
		return new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8));
	}

	private void add(String[] parts) {
		switch (parts[0]) {
			case "c2s" -> add(Direction.CLIENT_TO_SERVER, parts);
			case "s2c" -> add(Direction.SERVER_TO_CLIENT, parts);
			default -> this.facts.computeIfAbsent(parts[0], (fact) -> new ArrayList<>()).add(unescape(parts[1]));
		}
	}

	private void add(Direction direction, String[] parts) {
		boolean eof = parts[2].equals("eof");
		this.chunks.add(new Chunk(Double.parseDouble(parts[1]), direction, eof ? "" : parts[2], eof));
	}

	private static String unescape(String text) {
		return text.translateEscapes();
	}

	/** Release and scenario, such as {@code v0.17.0/pipe}. */
	public String name() {
		return this.name;
	}

	/** The release that the directory is named after, such as {@code v0.17.0}. */
	public String release() {
		return this.name.substring(0, this.name.indexOf('/'));
	}

	/** Such as {@code pipe}. */
	public String scenario() {
		return this.name.substring(this.name.indexOf('/') + 1);
	}

	/** What happens, for people. */
	public String what() {
		return one("what");
	}

	/** Which program the client is. */
	public String client() {
		return one("client");
	}

	/** Which program the server is. */
	public String server() {
		return one("server");
	}

	/** How the client was started. */
	public List<String> clientFlags() {
		return many("client_flags");
	}

	/** How the server was started. */
	public List<String> serverFlags() {
		return many("server_flags");
	}

	/** What the client printed. */
	public List<String> clientSays() {
		return many("client_says");
	}

	/** What the server printed. */
	public List<String> serverSays() {
		return many("server_says");
	}

	private String one(String fact) {
		return many(fact).get(0);
	}

	private List<String> many(String fact) {
		return List.copyOf(this.facts.getOrDefault(fact, List.of()));
	}

	/** Whether the client was written by hand, to send what no real client does. */
	public boolean isHandMade() {
		return scenario().startsWith("raw-");
	}

	/** All chunks of both sides in their order. */
	public List<Chunk> chunks() {
		return List.copyOf(this.chunks);
	}

	/** All that one side sent. */
	public byte[] bytes(Direction direction) {
		int size = this.chunks.stream()
			.filter((chunk) -> chunk.direction() == direction)
			.mapToInt((chunk) -> chunk.hex().length() / 2)
			.sum();
		ByteBuffer bytes = ByteBuffer.allocate(size);
		this.chunks.stream()
			.filter((chunk) -> chunk.direction() == direction)
			.forEach((chunk) -> bytes.put(chunk.bytes()));
		return bytes.array();
	}

	/** The frames of one side without their lengths, as far as there are whole ones. */
	public List<byte[]> frames(Direction direction) {
		List<byte[]> frames = new ArrayList<>();
		cut(bytes(direction), frames);
		return frames;
	}

	/** What one side sent behind its last whole frame. */
	public byte[] rest(Direction direction) {
		byte[] bytes = bytes(direction);
		return Arrays.copyOfRange(bytes, cut(bytes, new ArrayList<>()), bytes.length);
	}

	private static int cut(byte[] bytes, List<byte[]> frames) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		while (buffer.remaining() >= LENGTH_BYTES) {
			long length = buffer.getLong(buffer.position());
			if (length < 0 || length > buffer.remaining() - LENGTH_BYTES) {
				break;
			}
			byte[] frame = new byte[(int) length];
			buffer.position(buffer.position() + LENGTH_BYTES).get(frame);
			frames.add(frame);
		}
		return buffer.position();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
