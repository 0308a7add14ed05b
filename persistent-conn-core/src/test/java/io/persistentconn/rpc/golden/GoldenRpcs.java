package io.persistentconn.rpc.golden;

import java.util.List;

import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.Pair;
import io.persistentconn.binprot.Unit;
import io.persistentconn.rpc.OneWayRpc;
import io.persistentconn.rpc.PipeRpc;
import io.persistentconn.rpc.Rpc;
import io.persistentconn.rpc.StateRpc;
import io.persistentconn.rpc.protocol.Menu;

/**
 * The RPCs of the recordings, for {@link GoldenServer} and {@link GoldenClient}.
 */
final class GoldenRpcs {

	static final Rpc<Unit, Unit> PING = Rpc.of("ping", 1, BinCodecs.UNIT, BinCodecs.UNIT);

	static final Rpc<String, String> ECHO = texts("echo");

	static final Rpc<Addition, Long> ADD = Rpc.of("add", 1, BinCodecs.of(Addition.class), BinCodecs.INT);

	static final Rpc<String, String> FAIL = texts("fail");

	static final Rpc<String, String> FAIL_ASYNC = texts("fail-async");

	static final Rpc<String, String> FAIL_CLOSE = texts("fail-close");

	static final Rpc<Long, Long> SLEEP_MS = Rpc.of("sleep-ms", 1, BinCodecs.INT, BinCodecs.INT);

	static final Rpc<Unit, Unit> HANG = Rpc.of("hang", 1, BinCodecs.UNIT, BinCodecs.UNIT);

	static final Rpc<Unit, Unit> CLOSE_ME = Rpc.of("close-me", 1, BinCodecs.UNIT, BinCodecs.UNIT);

	static final Rpc<Long, String> BIG = Rpc.of("big", 1, BinCodecs.INT, BinCodecs.STRING);

	static final Rpc<String, String> REVERSE_ECHO = texts("reverse-echo");

	/** What the client implements. */
	static final Rpc<String, String> CLIENT_ECHO = texts("client-echo");

	static final Rpc<String, String> AUTH_FAIL = texts("auth-fail");

	/** Only its name is recorded. */
	static final Rpc<byte[], byte[]> ECHO_TYPES = Rpc.of("echo-types", 1, RawCodec.RAW, RawCodec.RAW);

	static final Rpc<String, String> GREET_V1 = texts("greet");

	static final Rpc<Greet, Greeting> GREET_V2 = Rpc.of("greet", 2, BinCodecs.of(Greet.class),
			BinCodecs.of(Greeting.class));

	static final OneWayRpc<String> LOG = OneWayRpc.of("log", 1, BinCodecs.STRING);

	static final OneWayRpc<String> LOG_RAISE = OneWayRpc.of("log-raise", 1, BinCodecs.STRING);

	static final Rpc<Unit, Long> LOG_COUNT = Rpc.of("log-count", 1, BinCodecs.UNIT, BinCodecs.INT);

	static final Rpc<Unit, Long> ABORTS_SEEN = Rpc.of("aborts-seen", 1, BinCodecs.UNIT, BinCodecs.INT);

	static final PipeRpc<Range, Long, String> COUNT = PipeRpc.of("count", 1, BinCodecs.of(Range.class), BinCodecs.INT,
			BinCodecs.STRING);

	static final PipeRpc<Long, Long, String> COUNT_FAIL = PipeRpc.of("count-fail", 1, BinCodecs.INT, BinCodecs.INT,
			BinCodecs.STRING);

	static final PipeRpc<Strings, String, String> FIREHOSE = PipeRpc.of("firehose", 1, BinCodecs.of(Strings.class),
			BinCodecs.STRING, BinCodecs.STRING);

	static final PipeRpc<Strings, String, String> FIREHOSE_DIRECT = PipeRpc.of("firehose-direct", 1,
			BinCodecs.of(Strings.class), BinCodecs.STRING, BinCodecs.STRING);

	static final StateRpc<Unit, Long, Long, String> CLOCK = StateRpc.of("clock", 1, BinCodecs.UNIT, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.STRING);

	static final StateRpc<Long, Long, Long, String> CLOCK_N = StateRpc.of("clock-n", 1, BinCodecs.INT, BinCodecs.INT,
			BinCodecs.INT, BinCodecs.STRING);

	static final BinCodec<List<Pair<String, Long>>> MENU_CODEC = BinCodecs
		.list(BinCodecs.pair(BinCodecs.STRING, BinCodecs.INT));

	static final Rpc<Unit, List<Pair<String, Long>>> MENU = Rpc.of(Menu.RPC.name(), Menu.RPC.version(), BinCodecs.UNIT,
			MENU_CODEC);

	private GoldenRpcs() {
	}

	private static Rpc<String, String> texts(String name) {
		return Rpc.of(name, 1, BinCodecs.STRING, BinCodecs.STRING);
	}

	/**
	 * The query of {@code add}.
	 *
	 * @param a a number
	 * @param b another
	 */
	record Addition(long a, long b) {
	}

	/**
	 * The second query of {@code greet}.
	 *
	 * @param name of whom to greet
	 * @param lang in which language
	 */
	record Greet(String name, String lang) {
	}

	/**
	 * The answer to it.
	 *
	 * @param text what to say
	 */
	record Greeting(String text) {
	}

	/**
	 * The query of {@code count}.
	 *
	 * @param from the first number
	 * @param upto the last number
	 * @param intervalUs how many microseconds lie between two
	 */
	record Range(long from, long upto, long intervalUs) {
	}

	/**
	 * The query of {@code firehose}.
	 *
	 * @param n how many strings
	 * @param size of each
	 */
	record Strings(long n, long size) {
	}

}
