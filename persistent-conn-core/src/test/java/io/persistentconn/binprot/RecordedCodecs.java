package io.persistentconn.binprot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.persistentconn.binprot.OcamlTypes.AddQuery;
import io.persistentconn.binprot.OcamlTypes.BoolCharFloat;
import io.persistentconn.binprot.OcamlTypes.Color;
import io.persistentconn.binprot.OcamlTypes.ConnectionMetadata;
import io.persistentconn.binprot.OcamlTypes.CountQuery;
import io.persistentconn.binprot.OcamlTypes.Date;
import io.persistentconn.binprot.OcamlTypes.EchoTypes;
import io.persistentconn.binprot.OcamlTypes.Fields;
import io.persistentconn.binprot.OcamlTypes.FooBar;
import io.persistentconn.binprot.OcamlTypes.Generic;
import io.persistentconn.binprot.OcamlTypes.HostAndPort;
import io.persistentconn.binprot.OcamlTypes.IntString;
import io.persistentconn.binprot.OcamlTypes.Mixed;
import io.persistentconn.binprot.OcamlTypes.OnlyOne;
import io.persistentconn.binprot.OcamlTypes.Poly;
import io.persistentconn.binprot.OcamlTypes.RecursivePoly;
import io.persistentconn.binprot.OcamlTypes.Ref;
import io.persistentconn.binprot.OcamlTypes.RpcError;
import io.persistentconn.binprot.OcamlTypes.RpcVersion;
import io.persistentconn.binprot.OcamlTypes.StreamQuery;
import io.persistentconn.binprot.OcamlTypes.StreamUpdate;
import io.persistentconn.binprot.OcamlTypes.Table;
import io.persistentconn.binprot.OcamlTypes.Tree;

/**
 * The codecs for the types of the recordings.
 */
final class RecordedCodecs {

	private static final Map<String, BinCodec<?>> CODECS = new HashMap<>();

	static {
		addSingles();
		addContainers();
		addDefined();
		addOfLibraries();
	}

	private RecordedCodecs() {
	}

	@SuppressWarnings("unchecked") // tests only pass on what it reads
	static BinCodec<Object> codec(String type) {
		BinCodec<?> codec = CODECS.get(type);
		if (codec == null) {
			throw new IllegalArgumentException("type: " + type);
		}
		return (BinCodec<Object>) codec;
	}

	private static void addSingles() {
		CODECS.put("unit", BinCodecs.UNIT);
		CODECS.put("bool", BinCodecs.BOOL);
		CODECS.put("char", BinCodecs.CHAR);
		CODECS.put("int", BinCodecs.INT);
		CODECS.put("int32", BinCodecs.INT32);
		CODECS.put("int64", BinCodecs.INT64);
		CODECS.put("nativeint", BinCodecs.NATIVEINT);
		CODECS.put("Int63.t", BinCodecs.INT63);
		CODECS.put("Bin_prot.Nat0.t", BinCodecs.NAT0);
		CODECS.put("float", BinCodecs.FLOAT);
		CODECS.put("string", BinCodecs.STRING);
		CODECS.put("Bytes.t", BinCodecs.BYTES);
		CODECS.put("Bigstring.t", BinCodecs.BIGSTRING);
		CODECS.put("float array", BinCodecs.of(double[].class));
		CODECS.put("int array", BinCodecs.of(long[].class));
		CODECS.put("Bin_prot float64_vec", BinCodecs.FLOAT64_VEC);
		CODECS.put("Bin_prot float32_vec", BinCodecs.FLOAT32_VEC);
		CODECS.put("Bin_prot int_8bit", BinCodecs.INT_8BIT);
		CODECS.put("Bin_prot int_16bit", BinCodecs.INT_16BIT);
		CODECS.put("Bin_prot int_32bit", BinCodecs.INT_32BIT);
		CODECS.put("Bin_prot int_64bit", BinCodecs.INT_64BIT);
		CODECS.put("Bin_prot int64_bits", BinCodecs.INT64_BITS);
		CODECS.put("Bin_prot network16_int", BinCodecs.NETWORK16_INT);
		CODECS.put("Bin_prot network32_int", BinCodecs.NETWORK32_INT);
		CODECS.put("Bin_prot network64_int", BinCodecs.NETWORK64_INT);
		CODECS.put("Bin_prot network32_int32", BinCodecs.NETWORK32_INT32);
		CODECS.put("Bin_prot network64_int64", BinCodecs.NETWORK64_INT64);
		CODECS.put("Bin_prot variant_int", BinCodecs.VARIANT_INT);
		CODECS.put("Md5.t", BinCodecs.MD5);
		CODECS.put("Time_ns.t", BinCodecs.INT63);
		CODECS.put("Time_ns.Span.t", BinCodecs.INT63);
	}

	private static void addContainers() {
		CODECS.put("int option", BinCodecs.option(BinCodecs.INT));
		CODECS.put("string option option", BinCodecs.option(BinCodecs.option(BinCodecs.STRING)));
		CODECS.put("int list", BinCodecs.list(BinCodecs.INT));
		CODECS.put("Async_rpc handshake header (int list)", BinCodecs.list(BinCodecs.INT));
		CODECS.put("string list list", BinCodecs.list(BinCodecs.list(BinCodecs.STRING)));
		CODECS.put("int * string", BinCodecs.pair(BinCodecs.INT, BinCodecs.STRING));
		CODECS.put("bool * char * float", BinCodecs.of(BoolCharFloat.class));
		CODECS.put("(int * (string * unit)) * int",
				BinCodecs.of(new BinType<Pair<Pair<Long, Pair<String, Unit>>, Long>>() {
				}));
		CODECS.put("(string * int) list", BinCodecs.of(new BinType<List<Pair<String, Long>>>() {
		}));
		CODECS.put("int String.Table.t", BinCodecs.hashtbl(BinCodecs.STRING, BinCodecs.INT));
		CODECS.put("string Int.Map.t", BinCodecs.map(BinCodecs.INT, BinCodecs.STRING));
		CODECS.put("String.Set.t", BinCodecs.set(BinCodecs.STRING));
		CODECS.put("int ref", BinCodecs.ref(BinCodecs.INT));
	}

	private static void addDefined() {
		CODECS.put("{a:int;b:string}", BinCodecs.of(IntString.class));
		CODECS.put("{x:float;y:int option;z:{a:int;b:string} list;u:unit}", BinCodecs.of(Fields.class));
		CODECS.put("(int,string) {first:'a;second:'b list}", BinCodecs.of(new BinType<Generic<Long, String>>() {
		}));
		CODECS.put("add query {a:int;b:int}", BinCodecs.of(AddQuery.class));
		CODECS.put("count query {from:int;upto:int;interval_us:int}", BinCodecs.of(CountQuery.class));
		CODECS.put("Leaf | Node of t * int * t", BinCodecs.of(Tree.class));
		CODECS.put("Red | Green | Blue", BinCodecs.of(Color.class));
		CODECS.put("Only of int", BinCodecs.of(OnlyOne.class));
		CODECS.put("Nullary | Unary of int | Binary of string * float | Tupled of (int * bool) | "
				+ "Inline of {x:int;y:string option} | Rec of t list", BinCodecs.of(Mixed.class));
		CODECS.put("variant of 256 constructors C0..C253, Arg of int, Last of string * int", new WideVariant(256));
		CODECS.put("variant of 257 constructors C0..C254, Arg of int, Last of string * int", new WideVariant(257));
		CODECS.put("variant of 257 constructors", new WideVariant(257));
		CODECS.put("[`Foo | `Bar of int]", BinCodecs.of(FooBar.class));
		CODECS.put("[`Foo | `Bar of int | `Baz of string * int | `Quux of [`Inner | `Foo] | `Tup of (int * int)]",
				BinCodecs.of(Poly.class));
		CODECS.put("[`A | `B of int | `C of string * int | `Long_constructor_name of t list]",
				BinCodecs.of(RecursivePoly.class));
		CODECS.put("[`Version of int]", BinCodecs.of(RpcVersion.class));
		CODECS.put("[`Query of string | `Abort]", BinCodecs.of(new BinType<StreamQuery<String>>() {
		}));
		CODECS.put("[`Ok of string | `Eof]", BinCodecs.of(new BinType<StreamUpdate<String>>() {
		}));
	}

	private static void addOfLibraries() {
		CODECS.put("(int,string) Result.t", BinCodecs.result(BinCodecs.INT, BinCodecs.STRING));
		CODECS.put("(int,string) Either.t", BinCodecs.either(BinCodecs.INT, BinCodecs.STRING));
		CODECS.put("Sexp.t", BinCodecs.SEXP);
		CODECS.put("Error.t", BinCodecs.INFO);
		CODECS.put("Error.Stable.V1.t", BinCodecs.SEXP);
		CODECS.put("Error.Stable.V2.t", BinCodecs.INFO);
		CODECS.put("Info.t", BinCodecs.INFO);
		CODECS.put("int Or_error.t", BinCodecs.orError(BinCodecs.INT));
		CODECS.put("Date.t",
				BinCodecs.shaped(BinCodecs.of(Date.class), BinShape.base("899ee3e0-490a-11e6-a10a-a3734f733566")));
		CODECS.put("Host_and_port.t", BinCodecs.of(HostAndPort.class));
		CODECS.put("Async_rpc Rpc_error.t", BinCodecs.of(RpcError.class));
		CODECS.put("Async_rpc Connection_metadata.V1.t", BinCodecs.of(ConnectionMetadata.class));
		CODECS.put("echo-types query (Proto.Types.t)",
				BinCodecs
					.with(Table.class,
							BinCodecs.convert(BinCodecs.hashtbl(BinCodecs.STRING, BinCodecs.INT), Table::new,
									Table::map))
					.with(Ref.class, BinCodecs.convert(BinCodecs.ref(BinCodecs.INT), Ref::new, Ref::value))
					.of(EchoTypes.class));
	}

}
