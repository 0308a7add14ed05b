package io.persistentconn.autoconfigure.contract;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.persistentconn.binprot.BinCodec;
import io.persistentconn.binprot.BinCodecs;
import io.persistentconn.binprot.BinReader;
import io.persistentconn.binprot.BinShape;
import io.persistentconn.binprot.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the arguments of a method: none as {@code unit}, one as it is, several as a
 * tuple, which is one after the other.
 */
final class ArgumentsCodec implements BinCodec<@Nullable Object[]> {

	private final BinCodec<Object>[] codecs;

	private final ValueForm[] forms;

	private final String[] names;

	private final BinShape shape;

	@SuppressWarnings({ "unchecked", "rawtypes" })
	ArgumentsCodec(List<BinCodec<Object>> codecs, List<ValueForm> forms, List<String> names) {
		this.codecs = codecs.toArray(new BinCodec[0]);
		this.forms = forms.toArray(ValueForm[]::new);
		this.names = names.toArray(String[]::new);
		this.shape = switch (codecs.size()) {
			case 0 -> BinCodecs.UNIT.shape();
			case 1 -> codecs.get(0).shape();
			default -> BinShape.tuple(codecs.stream().map(BinCodec::shape).toArray(BinShape[]::new));
		};
	}

	@Override
	public int size(@Nullable Object[] arguments) {
		if (arguments.length == 0) {
			return BinCodecs.UNIT.size(Unit.UNIT);
		}
		int size = 0;
		for (int i = 0; i < arguments.length; i++) {
			size += this.codecs[i].size(wire(arguments, i));
		}
		return size;
	}

	@Override
	public void write(@Nullable Object[] arguments, ByteBuf out) {
		if (arguments.length == 0) {
			BinCodecs.UNIT.write(Unit.UNIT, out);
		}
		for (int i = 0; i < arguments.length; i++) {
			this.codecs[i].write(wire(arguments, i), out);
		}
	}

	private Object wire(@Nullable Object[] arguments, int index) {
		return this.forms[index].toWire(arguments[index], this.names[index]);
	}

	@Override
	public @Nullable Object[] read(BinReader in) {
		if (this.codecs.length == 0) {
			BinCodecs.UNIT.read(in);
		}
		@Nullable Object[] arguments = new Object[this.codecs.length];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.forms[i].fromWire(this.codecs[i].read(in));
		}
		return arguments;
	}

	@Override
	public BinShape shape() {
		return this.shape;
	}

}
