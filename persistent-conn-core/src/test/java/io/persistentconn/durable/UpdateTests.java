package io.persistentconn.durable;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D4")
class UpdateTests {

	private final IllegalStateException error = new IllegalStateException("expected by the test");

	private static final SubscriptionMetadata METADATA = new SubscriptionMetadata("connection", 3);

	@Test
	void onlyTheStateIsMapped() {
		List<StateUpdate<String, String, String>> all = states("s", "u");
		assertThat(all.stream().map((update) -> update.mapState((state) -> state + "!")))
			.containsExactlyElementsOf(states("s!", "u"));
	}

	@Test
	void onlyTheUpdateIsMapped() {
		List<StateUpdate<String, String, String>> all = states("s", "u");
		assertThat(all.stream().map((update) -> update.mapUpdate((change) -> change + "!")))
			.containsExactlyElementsOf(states("s", "u!"));
		List<PipeUpdate<String, String>> ofPipe = pipes("u");
		assertThat(ofPipe.stream().map((update) -> update.mapUpdate((change) -> change + "!")))
			.containsExactlyElementsOf(pipes("u!"));
	}

	private List<StateUpdate<String, String, String>> states(String state, String update) {
		return List.of(new StateUpdate.AttemptingNewConnection<>(), new StateUpdate.ConnectionSuccess<>(METADATA),
				new StateUpdate.State<>(state), new StateUpdate.Update<>(update), new StateUpdate.LostConnection<>(),
				new StateUpdate.FailedToConnect<>(this.error), new StateUpdate.RpcError<>("no"));
	}

	private List<PipeUpdate<String, String>> pipes(String update) {
		return List.of(new PipeUpdate.AttemptingNewConnection<>(), new PipeUpdate.ConnectionSuccess<>(METADATA),
				new PipeUpdate.Update<>(update), new PipeUpdate.LostConnection<>(),
				new PipeUpdate.FailedToConnect<>(this.error), new PipeUpdate.RpcError<>("no"));
	}

}
