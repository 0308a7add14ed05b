package io.persistentconn.binprot;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Breaks lines like OCaml's {@code Format} with its default margin, as far as
 * S-expressions need it: boxes, spaces at which a line may be broken, and forced
 * newlines.
 * <p>
 * What comes in is queued until it is known whether the innermost undecided box or the
 * piece up to the next space fits, or that it does not. Like the original it decides as
 * soon as the line is full, so that what fills it exactly counts as fitting only if it
 * was closed before.
 */
final class SexpLayout {

	private static final int MARGIN = 78;

	private static final int MAX_INDENT = 68;

	private static final int INFINITE = Integer.MAX_VALUE;

	private final StringBuilder out = new StringBuilder();

	private final Deque<Token> queue = new ArrayDeque<>();

	/** Boxes and spaces whose size is not known yet, the innermost first. */
	private final Deque<Token> unsized = new ArrayDeque<>();

	private final Deque<Box> boxes = new ArrayDeque<>();

	private int enqueued;

	private int printed;

	private int spaceLeft = MARGIN;

	private int indent;

	private boolean newLine = true;

	void text(String text) {
		enqueue(new Token(Kind.TEXT, text, text.length(), 0, 0)).size = text.length();
		print();
	}

	void newline() {
		enqueue(new Token(Kind.NEWLINE, "", 0, 0, 0)).size = 0;
		print();
	}

	void openBox(int offset) {
		this.unsized.push(enqueue(new Token(Kind.OPEN, "", 0, offset, this.enqueued)));
	}

	void space() {
		Token space = enqueue(new Token(Kind.SPACE, " ", 1, 0, this.enqueued));
		settle(Kind.SPACE);
		this.unsized.push(space);
	}

	void closeBox() {
		enqueue(new Token(Kind.CLOSE, "", 0, 0, 0)).size = 0;
		settle(Kind.SPACE);
		settle(Kind.OPEN);
	}

	@Override
	public String toString() {
		print();
		return this.out.toString();
	}

	private Token enqueue(Token token) {
		this.enqueued += token.length;
		this.queue.add(token);
		return token;
	}

	private void settle(Kind kind) {
		Token innermost = this.unsized.peek();
		if (innermost != null && innermost.kind == kind) {
			innermost.size = this.enqueued - innermost.start;
			this.unsized.pop();
		}
	}

	private void print() {
		Token token = this.queue.peek();
		while (token != null && (token.size >= 0 || this.enqueued - this.printed >= this.spaceLeft)) {
			this.queue.remove();
			print(token, (token.size >= 0) ? token.size : INFINITE);
			this.printed += token.length;
			token = this.queue.peek();
		}
	}

	private void print(Token token, int size) {
		switch (token.kind) {
			case TEXT -> printText(token.text);
			case NEWLINE -> breakLine(this.boxes.element().width);
			case OPEN -> open(token.offset, size);
			case CLOSE -> this.boxes.pop();
			case SPACE -> printSpace(size);
		}
	}

	private void printText(String text) {
		this.spaceLeft -= text.length();
		this.out.append(text);
		this.newLine = false;
	}

	private void open(int offset, int size) {
		Box around = this.boxes.peek();
		if (MARGIN - this.spaceLeft > MAX_INDENT && around != null && around.width > this.spaceLeft && !around.fits) {
			breakLine(around.width);
		}
		this.boxes.push(new Box(this.spaceLeft - offset, size <= this.spaceLeft));
	}

	private void printSpace(int size) {
		Box box = this.boxes.element();
		boolean breaks = !box.fits && !this.newLine && (size > this.spaceLeft || this.indent > MARGIN - box.width);
		if (breaks) {
			breakLine(box.width);
		}
		else {
			this.spaceLeft--;
			this.out.append(' ');
		}
	}

	private void breakLine(int width) {
		this.indent = Math.min(MAX_INDENT, MARGIN - width);
		this.spaceLeft = MARGIN - this.indent;
		this.newLine = true;
		this.out.append('\n').append(" ".repeat(this.indent));
	}

	private enum Kind {

		TEXT, NEWLINE, OPEN, CLOSE, SPACE

	}

	/** An open box: how wide lines in it are, and whether all of it fits on this one. */
	private record Box(int width, boolean fits) {
	}

	private static final class Token {

		private final Kind kind;

		private final String text;

		private final int length;

		private final int offset;

		private final int start;

		/** Negative while unknown. */
		private int size = -1;

		Token(Kind kind, String text, int length, int offset, int start) {
			this.kind = kind;
			this.text = text;
			this.length = length;
			this.offset = offset;
			this.start = start;
		}

	}

}
