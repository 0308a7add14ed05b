package io.persistentconn.rpc.versioned;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.concurrent.PipeWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("V2")
class ConvertedPipeTests {

	private final PipeWriter<Integer> writer = PipeWriter.create();

	private final Pipe<String> converted = ConvertedPipe.of(this.writer.pipe(), (number) -> "" + 60 / number);

	@Test
	void takesTheNextElementWhenTheLastWasRead() {
		assertThat(this.writer.write(1)).isCompleted();
		assertThat(this.writer.write(2)).isNotCompleted();
		this.writer.writeWithoutPushback(3);
		assertThat(this.writer.pipe().size()).isEqualTo(2);
		assertThat(this.converted.read().join()).contains("60");
		assertThat(this.writer.pipe().size()).isEqualTo(1);
		assertThat(this.converted.read().join()).contains("30");
		assertThat(this.writer.pipe().size()).isZero();
	}

	@Test
	void endsAfterTheLastElement() {
		this.writer.writeWithoutPushback(1);
		this.writer.writeWithoutPushback(2);
		this.writer.close();
		assertThat(this.converted.read().join()).contains("60");
		assertThat(this.converted.read().join()).contains("30");
		assertThat(this.converted.read().join()).isEmpty();
	}

	@Test
	void failsAfterTheLastElement() {
		this.writer.writeWithoutPushback(1);
		this.writer.fail(new IllegalStateException("lost"));
		assertThat(this.converted.read().join()).contains("60");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.converted.read().join())
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void closingItClosesTheSource() {
		this.converted.close();
		assertThat(this.writer.isClosed()).isTrue();
	}

	@Test
	void aConversionThatThrowsFailsItAndClosesTheSource() {
		this.writer.writeWithoutPushback(1);
		this.writer.writeWithoutPushback(0);
		assertThat(this.converted.read().join()).contains("60");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.converted.read().join())
			.withCauseInstanceOf(ArithmeticException.class);
		assertThat(this.writer.isClosed()).isTrue();
	}

	@Test
	void aMillionElementsPassThroughWithoutDepth() {
		for (int i = 0; i < 1_000_000; i++) {
			this.writer.writeWithoutPushback(1);
		}
		this.writer.close();
		int[] count = new int[1];
		this.converted.forEach((element) -> {
			count[0]++;
			return CompletableFuture.completedFuture(null);
		}).join();
		assertThat(count[0]).isEqualTo(1_000_000);
	}

}
