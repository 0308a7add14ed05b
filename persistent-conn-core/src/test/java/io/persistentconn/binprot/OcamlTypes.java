package io.persistentconn.binprot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Java for the types of the recordings.
 */
final class OcamlTypes {

	private OcamlTypes() {
	}

	/** Printed without the parentheses that a record has otherwise. */
	interface Inline {

	}

	@Tuple
	record BoolCharFloat(boolean first, char second, double third) {
	}

	@Tuple
	record HostAndPort(String host, int port) {
	}

	record IntString(long a, String b) {
	}

	record Fields(double x, Optional<Long> y, List<IntString> z, Unit u) {
	}

	record Generic<A, B>(A first, List<B> second) {
	}

	record AddQuery(int a, int b) {
	}

	record CountQuery(long from, long upto, long intervalUs) {
	}

	sealed interface Tree {

		record Leaf() implements Tree {
		}

		record Node(Tree left, int value, Tree right) implements Tree {
		}

	}

	enum Color {

		RED, GREEN, BLUE

	}

	sealed interface OnlyOne {

		record Only(short value) implements OnlyOne {
		}

	}

	sealed interface Mixed {

		record Nullary() implements Mixed {
		}

		record Unary(long value) implements Mixed {
		}

		record Binary(String first, double second) implements Mixed {
		}

		record Tupled(Pair<Long, Boolean> pair) implements Mixed {
		}

		@OcamlName("Inline")
		record InlineRecord(InlineFields fields) implements Mixed {
		}

		record Rec(List<Mixed> values) implements Mixed {
		}

	}

	record InlineFields(long x, Optional<String> y) implements Inline {
	}

	@PolymorphicVariant
	sealed interface FooBar {

		record Foo() implements FooBar {
		}

		record Bar(long value) implements FooBar {
		}

	}

	@PolymorphicVariant
	enum InnerFoo {

		INNER, FOO

	}

	@PolymorphicVariant
	sealed interface Poly {

		record Foo() implements Poly {
		}

		record Bar(long value) implements Poly {
		}

		record Baz(String first, long second) implements Poly {
		}

		record Quux(InnerFoo value) implements Poly {
		}

		record Tup(Pair<Long, Long> pair) implements Poly {
		}

	}

	@PolymorphicVariant
	sealed interface RecursivePoly {

		record A() implements RecursivePoly {
		}

		record B(byte value) implements RecursivePoly {
		}

		record C(String first, long second) implements RecursivePoly {
		}

		record LongConstructorName(List<RecursivePoly> values) implements RecursivePoly {
		}

	}

	@PolymorphicVariant
	sealed interface RpcVersion {

		record Version(int number) implements RpcVersion {
		}

	}

	@PolymorphicVariant
	sealed interface StreamQuery<Q> {

		record Query<T>(T query) implements StreamQuery<T> {
		}

		record Abort<T>() implements StreamQuery<T> {
		}

	}

	@PolymorphicVariant
	sealed interface StreamUpdate<U> {

		record Ok<U>(U update) implements StreamUpdate<U> {
		}

		record Eof<U>() implements StreamUpdate<U> {
		}

	}

	enum Month {

		JAN, FEB, MAR, APR, MAY, JUN, JUL, AUG, SEP, OCT, NOV, DEC

	}

	@Tuple
	record Date(int year, Month month, int day) {
	}

	sealed interface RpcError {

		record BinIoExn(Sexp sexp) implements RpcError {
		}

		record ConnectionClosed() implements RpcError {
		}

		record WriteError(Sexp sexp) implements RpcError {
		}

		record UncaughtExn(Sexp sexp) implements RpcError {
		}

		record UnimplementedRpc(String tag, RpcVersion version) implements RpcError {
		}

		record UnknownQueryId(@OcamlType("int63") long id) implements RpcError {
		}

		record AuthorizationFailure(Sexp sexp) implements RpcError {
		}

		record MessageTooBig(Sizes sizes) implements RpcError {
		}

		record Unknown(Sexp sexp) implements RpcError {
		}

		record LiftError(Sexp sexp) implements RpcError {
		}

	}

	record Sizes(long size, long maxMessageSize) {
	}

	record ConnectionMetadata(Optional<byte[]> identification, Optional<List<Pair<Description, Digests>>> menu) {
	}

	record Description(String name, int version) {
	}

	sealed interface Digests {

		record Rpc(RpcDigests digests) implements Digests {
		}

		record OneWay(OneWayDigests digests) implements Digests {
		}

		record StreamingRpc(StreamingDigests digests) implements Digests {
		}

		record Unknown() implements Digests {
		}

	}

	record RpcDigests(Md5 query, Md5 response) implements Inline {
	}

	record OneWayDigests(Md5 msg) implements Inline {
	}

	record StreamingDigests(Md5 query, Md5 initialResponse, Md5 updateResponse, Md5 error) implements Inline {
	}

	record Table(Map<String, Long> map) {
	}

	record Ref(long value) {
	}

	@Tuple
	record Triple(boolean first, char second, @OcamlType("int64") long third) {
	}

	record Nested(int i, String m, Optional<Optional<Long>> o) {
	}

	@SuppressWarnings("ArrayRecordComponent") // arrays are what is tested
	record EchoTypes(@OcamlName("unit_") Unit unit, @OcamlName("bool_") boolean bool,
			@OcamlName("char_") char character, int int_, @OcamlType("int32") int int32_,
			@OcamlType("int64") long int64_, @OcamlType("nativeint") long nativeint_, double float_, String string_,
			@OcamlType("bytes") byte[] bytes_, byte[] bigstring_, @OcamlType("int63") long int63_,
			Optional<String> option_, List<Long> list_, double[] array_, Pair<Long, String> pair, Triple triple,
			Nested record, List<Mixed> variants, List<RecursivePoly> polys, List<Result<Long, String>> results,
			List<Pair<String, Long>> alist, Table table, Map<String, Long> map, Set<Long> set,
			List<Result<Long, Info>> orErrors, Info error, Sexp sexp, Ref ref_, long lazy_,
			List<Either<Long, String>> either, @OcamlType("int63") long span, @OcamlType("int63") long time) {
	}

}
