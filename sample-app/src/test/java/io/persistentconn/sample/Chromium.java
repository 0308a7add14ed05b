package io.persistentconn.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Chromium of this machine, driven by Playwright. Playwright's own download of a
 * browser is not used.
 */
final class Chromium implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Chromium.class);

	/** Where Debian has it. The profiles of the POM ask the same. */
	private static final String USUAL_PLACE = "/usr/bin/chromium";

	private static final List<String> QUIET = List.of("--no-sandbox", "--disable-quic", "--disable-sync",
			"--disable-background-networking", "--disable-component-update");

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path executable) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new LaunchOptions().setExecutablePath(executable).setArgs(QUIET));
	}

	/** Launches it, or aborts the test where there is none. */
	static Chromium launch() {
		String place = Objects.requireNonNullElse(System.getenv("CHROMIUM"), USUAL_PLACE);
		if (!Files.isExecutable(Path.of(place))) {
			String why = "no browser to show the page in: " + place
					+ " is not there (expected: Chromium; CHROMIUM may tell another path)";
			logger.warn("SKIPPED, {}", why);
			Assumptions.abort(why);
		}
		return new Chromium(Path.of(place));
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
