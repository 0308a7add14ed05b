package io.persistentconn.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.persistentconn.concurrent.Pipe;
import io.persistentconn.rpc.StateStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeServiceTests {

	private final List<Object> published = new ArrayList<>();

	private final NodeService service = new NodeService(new VitalsSource(), this.published::add);

	@Test
	void tellsTheVitalsAsTheyAreAndThenAllThatIsMeasured() {
		StateStream<Vitals, Vitals> one = this.service.vitals();
		this.service.measure();
		StateStream<Vitals, Vitals> other = this.service.vitals();
		this.service.measure();
		assertThat(one.updates().size()).isEqualTo(2);
		assertThat(one.updates().tryRead()).contains(other.state());
		assertThat(one.updates().tryRead()).isEqualTo(other.updates().tryRead()).isPresent();
		assertThat(other.updates().size()).isZero();
	}

	@Test
	void cutsOffWhoDoesNotFollowWhichDisturbsNobodyElse() {
		Pipe<Vitals> stuck = this.service.vitals().updates();
		Pipe<Vitals> other = this.service.vitals().updates();
		List<Vitals> heard = new ArrayList<>();
		CompletableFuture<Void> end = other.forEach((vitals) -> {
			heard.add(vitals);
			return CompletableFuture.completedFuture(null);
		});
		for (int i = 0; i < 100; i++) {
			this.service.measure();
		}
		assertThat(heard).hasSize(100);
		assertThat(end).isNotDone();
		List<Vitals> late = new ArrayList<>();
		assertThat(stuck.forEach((vitals) -> {
			late.add(vitals);
			return CompletableFuture.completedFuture(null);
		})).isCompleted();
		assertThat(late).isEqualTo(heard.subList(0, late.size())).hasSizeBetween(1, 50);
	}

	@Test
	void saysWhoItIs() {
		assertThat(this.service.nodeInfo()).isCompletedWithValue(new VitalsSource().nodeInfo());
	}

	@Test
	void isToldOneLineWithoutControlCharacters() {
		this.service.log(new LogLine("te\nsts", "one\n\u001b[31mtwo" + "o".repeat(LogLine.MAX_LENGTH)));
		assertThat(this.published)
			.containsExactly(new LogLine("te sts", "one  [31mtwo" + "o".repeat(LogLine.MAX_LENGTH - 12)));
	}

}
