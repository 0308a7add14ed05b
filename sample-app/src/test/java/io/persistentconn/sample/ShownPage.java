package io.persistentconn.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of an instance, shown in Chromium.
 */
final class ShownPage implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 120_000;

	/**
	 * Texts whose contrast to what is behind them is below 4.5, which WCAG asks for (AA).
	 */
	private static final String FAINT_TEXTS = """
			() => {
			  const rgba = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
			  const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
			  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
			  const behind = (element) => {
			    for (let e = element; e; e = e.parentElement) {
			      const [r, g, b, a = 1] = rgba(getComputedStyle(e).backgroundColor);
			      if (a === 1) return [r, g, b];
			    }
			    return [255, 255, 255];
			  };
			  const contrast = (element) => {
			    const [one, other] = [luminance(rgba(getComputedStyle(element).color)), luminance(behind(element))];
			    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
			  };
			  return [...document.body.querySelectorAll("*")]
			    .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
			    .filter((e) => !e.disabled && contrast(e) < 4.5)
			    .map((e) => `${e.textContent}: ${contrast(e).toFixed(2)}`);
			}""";

	/** Reads an age such as "data 12.3 s old" or "data 1 min 3 s old". */
	private static final String AGE = """
			((node) => {
			  const text = document.querySelector(`[data-node='${node}'] [data-field=age]`).textContent;
			  const units = { d: 86400, h: 3600, min: 60, s: 1 };
			  return [...text.matchAll(/([\\d.]+) (d|h|min|s)\\b/g)]
			    .reduce((sum, [, many, unit]) => sum + many * units[unit], 0.0);
			})""";

	private final String url;

	private final BrowserContext context;

	private final Page page;

	private final List<String> complaints = new ArrayList<>();

	private final List<String> requests = new ArrayList<>();

	ShownPage(Chromium chromium, Instance instance, NewContextOptions options) {
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
		this.url = instance.url() + "/";
		this.context = chromium.browser().newContext(options);
		this.page = this.context.newPage();
		this.page.setDefaultTimeout(PATIENCE_MILLIS);
		this.page.onConsoleMessage((message) -> {
			if (message.type().equals("error") || message.type().equals("warning")) {
				this.complaints.add(message.text());
			}
		});
		this.page.onPageError(this.complaints::add);
		this.page.onRequest((request) -> this.requests.add(request.url()));
		this.page.navigate(this.url);
	}

	static ShownPage open(Chromium chromium, Instance instance, ColorScheme scheme) {
		return new ShownPage(chromium, instance,
				new NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 800));
	}

	Page page() {
		return this.page;
	}

	void setOffline(boolean offline) {
		this.context.setOffline(offline);
	}

	Locator node(String name) {
		return this.page.locator("[data-node='" + name + "']");
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
	}

	Locator textBox(String name) {
		return this.page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(name).setExact(true));
	}

	Locator timeline() {
		return this.page.locator("#timeline");
	}

	Locator serverState() {
		return this.page.locator("#server .state");
	}

	/** How old the data of a node is, in seconds, as the page shows it. */
	double age(String node) {
		return ((Number) this.page.evaluate(AGE + "('" + node + "')")).doubleValue();
	}

	/** Waits until that is at least so many seconds, and less than so many. */
	void awaitAge(String node, double least, double below) {
		this.page.waitForFunction(
				"(range) => { const age = " + AGE + "('" + node + "'); return age >= range[0] && age < range[1]; }",
				List.of(least, below));
	}

	/** Neither errors on the console, nor anything loaded from elsewhere. */
	void assertNothingToComplainAbout() {
		assertThat(this.complaints).isEmpty();
		assertThat(this.requests).allMatch((request) -> request.startsWith(this.url) || request.startsWith("data:"));
	}

	void assertTextIsReadable() {
		assertThat((List<?>) this.page.evaluate(FAINT_TEXTS)).isEmpty();
	}

	void takePicture(Path file) {
		this.page.screenshot(new ScreenshotOptions().setPath(file));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
