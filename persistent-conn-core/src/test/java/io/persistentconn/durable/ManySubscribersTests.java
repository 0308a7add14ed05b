package io.persistentconn.durable;

import java.util.ArrayList;
import java.util.List;

import io.persistentconn.connection.PersistentConnection;
import io.persistentconn.rpc.RpcConnection;
import io.persistentconn.testing.SubscriptionHistory.What;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D5")
@ExtendWith(Quiet.class)
class ManySubscribersTests {

	private static final int SUBSCRIBERS = 1_000;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aThousandSubscribersOfOneStateRecoverFromRestarts(boolean oneConnection) {
		World world = new World();
		PersistentConnection<RpcConnection> shared = world.connection();
		List<Subscriber> subscribers = new ArrayList<>();
		for (int i = 0; i < SUBSCRIBERS; i++) {
			PersistentConnection<RpcConnection> connection = oneConnection ? shared : world.connection();
			subscribers.add(new Subscriber(world.history, "#" + i,
					DurableStateRpc.create(Durable.of(connection), World.BOOK, "#" + i, World.RETRY))
				.read());
		}
		for (int restart = 0; restart < 3; restart++) {
			world.advance(1);
			world.change(restart);
			world.advance(1);
			assertThat(world.subscriptions()).isEqualTo(SUBSCRIBERS);
			world.goDown();
			world.run();
			world.change(100 + restart);
			world.advance(7);
			assertThat(world.subscriptions()).isZero();
			world.comeUp();
			world.advance(5);
		}
		world.expectNoViolation("");
		assertThat(world.subscriptions()).isEqualTo(SUBSCRIBERS);
		assertThat(world.history.count(What.LOST)).isEqualTo(3L * SUBSCRIBERS);
		assertThat(world.history.count(What.UPDATE)).isEqualTo(3L * SUBSCRIBERS);
		subscribers.subList(0, 400).forEach(Subscriber::close);
		world.run();
		world.expectNoViolation("");
		assertThat(world.subscriptions()).isEqualTo(SUBSCRIBERS - 400);
		subscribers.subList(400, SUBSCRIBERS).forEach(Subscriber::close);
		world.run();
		assertThat(world.subscriptions()).isZero();
		world.expectNothingRemains("");
	}

}
