package io.persistentconn.binprot;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A variant of the recordings with so many constructors that no sealed interface is
 * written for it: the last but one has an {@code int}, the last a {@code string} and an
 * {@code int}, the others nothing. The value is a S-expression.
 */
final class WideVariant implements BinCodec<Sexp> {

	private final int last;

	private final VariantTags tags;

	WideVariant(int constructors) {
		this.last = constructors - 1;
		this.tags = VariantTags.ordinary("V" + constructors, constructors);
	}

	@Override
	public int size(Sexp value) {
		ByteBuf out = Unpooled.buffer();
		write(value, out);
		return out.readableBytes();
	}

	@Override
	public void write(Sexp value, ByteBuf out) {
		if (value instanceof Sexp.Atom atom) {
			this.tags.write(Integer.parseInt(atom.text().substring(1)), out);
			return;
		}
		List<Sexp> items = ((Sexp.List) value).items();
		this.tags.write((items.size() == 2) ? this.last - 1 : this.last, out);
		if (items.size() > 2) {
			BinWriter.writeString(items.get(1).toString(), out);
		}
		BinWriter.writeInt(Long.parseLong(items.get(items.size() - 1).toString()), out);
	}

	@Override
	public Sexp read(BinReader in) {
		int index = this.tags.read(in);
		if (index == this.last) {
			return Sexp.of(Sexp.of("Last"), Sexp.of(in.readString()), Sexp.of(Long.toString(in.readOcamlInt())));
		}
		return (index < this.last - 1) ? Sexp.of("C" + index)
				: Sexp.of(Sexp.of("Arg"), Sexp.of(Long.toString(in.readOcamlInt())));
	}

	@Override
	public BinShape shape() {
		return BinShape.base("wide");
	}

}
