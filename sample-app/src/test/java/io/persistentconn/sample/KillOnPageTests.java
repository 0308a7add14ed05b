package io.persistentconn.sample;

import java.nio.file.Path;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * As {@link KillTests}, before the eyes of somebody who looks at the page.
 */
class KillOnPageTests {

	@Test
	void aKilledInstanceIsSeenLostAndRecovered(@TempDir Path logs) throws Exception {
		int port = Instance.freePort();
		int otherPort = Instance.freePort();
		String other = "localhost:" + otherPort;
		try (Chromium chromium = Chromium.launch();
				Instance instance = Instance.start(port, "localhost:" + port + "," + other);
				ShownPage shown = ShownPage.open(chromium, instance, ColorScheme.LIGHT)) {
			Locator node = shown.node(other);
			Locator latest = shown.timeline().locator("li").first();
			try (ChildInstance child = ChildInstance.start(otherPort, logs.resolve("first.log"))) {
				assertThat(node).hasAttribute("data-state", "connected");
				assertThat(node.locator("[data-field=pid]")).hasText(String.valueOf(child.pid()));
				child.kill();
				assertThat(node).hasAttribute("data-state", "lost");
				assertThat(shown.timeline()).containsText("Attempt 1 failed");
				assertThat(shown.timeline()).containsText("Lost after");
				assertThat(shown.timeline()).containsText("Subscription lost");
				assertThat(node.locator("[data-field=subscription]")).hasText("recovering");
				shown.awaitAge(other, shown.age(other) + 1, Double.MAX_VALUE);
			}
			try (ChildInstance child = ChildInstance.start(otherPort, logs.resolve("second.log"))) {
				assertThat(node).hasAttribute("data-state", "connected");
				assertThat(node.locator("[data-field=pid]")).hasText(String.valueOf(child.pid()));
				assertThat(latest).containsText("Subscription recovered after");
				assertThat(node.locator("[data-field=subscription]")).hasText("live");
			}
			shown.assertNothingToComplainAbout();
		}
	}

}
