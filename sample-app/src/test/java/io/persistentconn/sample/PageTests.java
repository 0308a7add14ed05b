package io.persistentconn.sample;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.persistentconn.rpc.RpcOptions;
import io.persistentconn.rpc.RpcServer;
import io.persistentconn.tcp.BindToAddress;
import io.persistentconn.tcp.BindToPort;
import io.persistentconn.tcp.NettyTransport;
import io.persistentconn.tcp.TcpServer;
import io.persistentconn.tcp.WhereToListen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page, in a real browser.
 */
class PageTests {

	private static final int PORT = Instance.freePort();

	private static final String SELF = "localhost:" + PORT;

	private static final String NOBODY = "localhost:" + Instance.freePort();

	private static Chromium chromium;

	private static Instance instance;

	@BeforeAll
	static void start() {
		chromium = Chromium.launch();
		instance = Instance.start(PORT, SELF + "," + NOBODY);
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
			instance.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void showsACutAPauseAndARecovery(ColorScheme scheme) {
		try (ShownPage shown = ShownPage.open(chromium, instance, scheme)) {
			Locator node = shown.node(SELF);
			assertThat(node).hasAttribute("data-state", "connected");
			assertThat(node.locator("[data-plot=cpu] .line.cpu").last()).hasAttribute("d", Pattern.compile("M.+"));
			assertThat(node.locator("[data-field=pid]")).hasText(String.valueOf(ProcessHandle.current().pid()));
			assertThat(node.locator("[data-field=info]")).containsText("Java " + System.getProperty("java.version"));
			assertThat(shown.node(NOBODY)).hasAttribute("data-state", "connecting");
			assertThat(shown.node(NOBODY).locator(".subscription"))
				.containsText(Pattern.compile("subscribing for .*, no connection\\s*·\\s*no data yet"));
			assertThat(node.locator(".subscription"))
				.containsText(Pattern.compile("live\\s*·\\s*data \\d+\\.\\d s old"));
			assertThat(shown.page().getByRole(AriaRole.STATUS)).hasText("2 nodes: 1 connected, 1 connecting");

			Locator outages = node.locator("[data-plot=heap] .outage");
			int before = outages.count();
			shown.button("Cut connection: " + SELF).click();
			assertThat(shown.timeline()).containsText("You cut the connection");
			assertThat(outages).hasCount(before + 1);
			assertThat(shown.timeline()).containsText("Subscription lost");
			assertThat(node).hasAttribute("data-state", "connected");
			assertThat(node.locator("[data-field=subscription]")).hasText("live");

			shown.button("Pause accepting").click();
			assertThat(shown.serverState()).hasText("dropping newcomers on port " + PORT);
			assertThat(node).hasAttribute("data-state", "connected");
			shown.button("Cut connection: " + SELF).click();
			assertThat(node).hasAttribute("data-state", "lost");
			assertThat(node.locator("[data-field=since]")).containsText(Pattern.compile("[1-9]\\d* failed attempt"));
			assertThat(node.locator("[data-field=error]")).containsText("header of the peer");
			assertThat(node.locator(".subscription"))
				.containsText(Pattern.compile("recovering for .*, no connection\\s*·\\s*data .* old"));
			shown.awaitAge(SELF, Math.max(3, shown.age(SELF) + 1), Double.MAX_VALUE);
			assertThat(node.locator("[data-field=age]")).hasClass("age old");
			assertThat(shown.page()).hasTitle("1 connecting, 1 lost · Fleet vitals");
			shown.assertTextIsReadable();
			shown.takePicture(Path.of("target", "pictures", "lost-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"));

			shown.button("Resume accepting").click();
			assertThat(node).hasAttribute("data-state", "connected");
			assertThat(shown.serverState()).hasText("accepting on port " + PORT);
			assertThat(node.locator("[data-field=error]")).isHidden();
			assertThat(node.locator("[data-field=subscription]")).hasText("live");
			assertThat(node.locator("[data-field=age]")).hasClass("age");
			assertThat(shown.timeline().locator("li").first()).containsText("Subscription recovered after");
			assertThat(shown.timeline().locator("li").nth(1)).containsText("Connected");
			shown.assertNothingToComplainAbout();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void followsTheColourScheme(ColorScheme scheme) {
		try (ShownPage shown = ShownPage.open(chromium, instance, scheme)) {
			assertThat(shown.node(SELF)).hasAttribute("data-state", "connected");
			int red = (int) shown.page()
				.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
			if (scheme == ColorScheme.DARK) {
				assertThat(red).isLessThan(60);
			}
			else {
				assertThat(red).isGreaterThan(200);
			}
			shown.assertTextIsReadable();
			shown.assertNothingToComplainAbout();
		}
	}

	@Test
	void fitsAPhone() {
		NewContextOptions phone = new NewContextOptions().setViewportSize(360, 740);
		try (ShownPage shown = new ShownPage(chromium, instance, phone)) {
			assertThat(shown.node(SELF)).hasAttribute("data-state", "connected");
			assertThat((int) shown.page().evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
			assertThat(shown.button("Cut connection: " + SELF).boundingBox().height).isGreaterThanOrEqualTo(40);
			shown.assertNothingToComplainAbout();
		}
	}

	@Test
	void saysWhyThereAreNoVitalsAlthoughThereIsAConnection() {
		NettyTransport transport = NettyTransport.nio(1, "test");
		RpcServer<?, Integer> stranger = RpcServer
			.over(TcpServer.builder(WhereToListen.inet(BindToAddress.localhost(), BindToPort.chosenByOs()))
				.transport(transport), RpcOptions.defaults())
			.start()
			.join();
		String other = "localhost:" + stranger.tcp().listeningOn();
		try (Instance watching = Instance.start(Instance.freePort(), other);
				ShownPage shown = ShownPage.open(chromium, watching, ColorScheme.LIGHT)) {
			assertThat(shown.node(other)).hasAttribute("data-state", "connected");
			assertThat(shown.node(other).locator(".subscription"))
				.containsText(Pattern.compile("subscribing for .*, vitals v1: .*\\s*·\\s*no data yet"));
			assertThat(shown.node(other).locator("[data-field=error]")).isHidden();
			shown.assertTextIsReadable();
			shown.assertNothingToComplainAbout();
		}
		finally {
			transport.closeAsync().join();
		}
	}

	@Test
	void tellsANodeALineWhichIsSeenThere() {
		try (ShownPage there = ShownPage.open(chromium, instance, ColorScheme.LIGHT);
				ShownPage here = ShownPage.open(chromium, instance, ColorScheme.LIGHT)) {
			Locator text = here.textBox("A line for the log of " + SELF);
			text.fill("Who is <there>?");
			text.press("Enter");
			assertThat(text).hasValue("");
			assertThat(here.timeline()).containsText("You sent it: Who is <there>?");
			assertThat(there.timeline()).containsText("fleet-vitals:" + PORT + " says: Who is <there>?");
			assertThat(here.node(NOBODY).locator("form")).isHidden();
			here.assertNothingToComplainAbout();
		}
	}

	@Test
	void asksForAnAttemptAtOnce() {
		try (ShownPage shown = ShownPage.open(chromium, instance, ColorScheme.LIGHT)) {
			shown.button("Retry now: " + NOBODY).click();
			assertThat(shown.timeline()).containsText("You asked for an attempt at once");
			shown.assertNothingToComplainAbout();
		}
	}

	@Test
	void saysWhenItLostItsServerAndRecovers() {
		try (ShownPage shown = ShownPage.open(chromium, instance, ColorScheme.LIGHT)) {
			Locator link = shown.page().locator("#link");
			assertThat(link).hasText("live");
			shown.setOffline(true);
			instance.bean(Browsers.class).close(); // ends the streams
			assertThat(link).containsText("lost its server");
			// Nothing comes any more, and the page counts on.
			shown.awaitAge(SELF, shown.age(SELF) + 1, Double.MAX_VALUE);
			shown.awaitAge(SELF, 3, Double.MAX_VALUE);
			assertThat(shown.node(SELF)).hasClass(Pattern.compile("\\bstale\\b"));
			shown.setOffline(false);
			assertThat(link).hasText("live");
			assertThat(shown.node(SELF)).hasAttribute("data-state", "connected");
			assertThat(shown.page().locator("#nodes > li")).hasCount(2);
			shown.awaitAge(SELF, 0, 3);
			assertThat(shown.node(SELF)).not().hasClass(Pattern.compile("\\bstale\\b"));
		}
	}

	@Test
	void showsOneMomentInAllPlotsUnderThePointer() {
		try (ShownPage shown = ShownPage.open(chromium, instance, ColorScheme.LIGHT)) {
			Locator node = shown.node(SELF);
			assertThat(node).hasAttribute("data-state", "connected");
			node.locator("[data-plot=cpu] svg").hover();
			assertThat(node.locator(".cursor")).hasCount(2);
			shown.page().locator("h1").hover();
			assertThat(node.locator(".cursor")).hasCount(0);
			shown.assertNothingToComplainAbout();
		}
	}

}
