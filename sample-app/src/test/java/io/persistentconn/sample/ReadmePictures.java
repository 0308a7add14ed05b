package io.persistentconn.sample;

import java.nio.file.Path;
import java.time.Duration;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Makes the pictures of the README, if asked to:
 * {@code mvn -pl sample-app -am test -Dtest=ReadmePictures
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfleet.pictures=$PWD/docs}. It takes some
 * minutes, for what the plots show has to happen.
 */
@EnabledIfSystemProperty(named = "fleet.pictures", matches = ".+", disabledReason = "-Dfleet.pictures says where")
class ReadmePictures {

	private static final int PORT = 7070;

	private static final String SELF = "localhost:7070";

	private static final Duration PATIENCE = Duration.ofMinutes(4);

	@Test
	void showAFleetInBothColourSchemes(@TempDir Path logs) throws Exception {
		try (Chromium chromium = Chromium.launch();
				Instance instance = Instance.start(PORT, "localhost:7070,localhost:7071,localhost:7072");
				ChildInstance second = ChildInstance.start(PORT + 1, logs.resolve("second.log"));
				ChildInstance third = ChildInstance.start(PORT + 2, logs.resolve("third.log"))) {
			awaitSamples(instance, 1, 30);
			second.kill();
			awaitSamples(instance, 2, 50);
			try (ChildInstance again = ChildInstance.start(PORT + 1, logs.resolve("again.log"))) {
				awaitSamples(instance, 1, 45);
				assertThat(again.pid()).isNotEqualTo(second.pid());
				instance.post("/api/cut?node=" + SELF);
				awaitSamples(instance, 0, 105);
				instance.post("/api/log?text=Nightly+backup+is+done&node=" + SELF);
				third.kill();
				awaitSamples(instance, 0, 118);
				for (ColorScheme scheme : new ColorScheme[] { ColorScheme.LIGHT, ColorScheme.DARK }) {
					picture(chromium, instance, scheme);
				}
			}
		}
	}

	private static void picture(Chromium chromium, Instance instance, ColorScheme scheme) {
		NewContextOptions options = new NewContextOptions().setColorScheme(scheme)
			.setViewportSize(1240, 835)
			.setDeviceScaleFactor(2);
		try (ShownPage shown = new ShownPage(chromium, instance, options)) {
			shown.page()
				.locator(".node .line")
				.first()
				.waitFor(new WaitForOptions().setState(WaitForSelectorState.ATTACHED));
			Path file = Path.of(System.getProperty("fleet.pictures"),
					(scheme == ColorScheme.DARK) ? "fleet-dark.png" : "fleet.png");
			shown.takePicture(file);
		}
	}

	private static void awaitSamples(Instance instance, int node, int samples) {
		await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> instance.snapshot().get("nodes").get(node).get("samples").size() >= samples);
	}

}
