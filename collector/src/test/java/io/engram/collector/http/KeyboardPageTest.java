package io.engram.collector.http;

import static io.engram.collector.LivePage.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import io.engram.collector.LivePage;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page without a pointer. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class KeyboardPageTest {
  private static final int STEPS = 8 * SyntheticRun.STEPS_PER_EPOCH;
  private static final String REACHABLE =
      "[...document.querySelectorAll('a[href], button, select, [tabindex=\"0\"]')]"
          + ".filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled)";

  @RegisterExtension static final LivePage PAGE = new LivePage();

  private final Browser browser = PAGE.browser();

  @BeforeEach
  void open(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun probed = new SyntheticRun("probed", 0.4, "dense0", "dense1").withProbes();
    collector.showPixels(probed);
    collector.train(probed, STEPS);
    collector.train(new SyntheticRun("noisy", 0.4, "dense0", "dense1").withMonitoring(true), STEPS);
    browser.emulate(1280, 1000, 1, "light", "reduce");
    browser.open(collector.uri("/?run=probed"));
    browser.await(points("loss", "noisy") + " === " + STEPS);
    browser.eval("document.getElementById('panels').scrollIntoView()");
    browser.await("document.querySelectorAll('.matrix i').length === 100");
    browser.await("document.getElementById('panel-evidence').hidden === false");
    browser.await("document.getElementById('panel-svalidation').hidden === false");
    browser.eval("scrollTo(0, 0)");
  }

  @Test
  void tabReachesEveryControlInTheirOrderAndLeadsOutAgain() {
    browser.eval(REACHABLE + ".forEach((one, i) => one.dataset.order = i)");
    long controls = (Long) browser.eval(REACHABLE + ".length");
    assertThat(controls).isGreaterThan(60);

    List<String> reached = new ArrayList<>();
    List<Object> unseen = new ArrayList<>();
    for (long i = 0; i < controls; i++) {
      browser.press(Keys.TAB);
      reached.add(String.valueOf(browser.eval("document.activeElement.dataset.order")));
      Object outline =
          browser.eval(
              "(({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && parseFloat(outlineWidth)"
                  + " >= 2)(getComputedStyle(document.activeElement))");
      if (!Boolean.TRUE.equals(outline)) {
        unseen.add(browser.eval("document.activeElement.outerHTML.slice(0, 200)"));
      }
    }

    List<String> all = new ArrayList<>();
    for (long i = 0; i < controls; i++) {
      all.add(String.valueOf(i));
    }
    assertThat(reached).isEqualTo(all);
    assertThat(unseen).as("focused without showing it").isEmpty();
    browser.press(Keys.TAB);
    assertThat(browser.eval("document.activeElement.dataset.order"))
        .isNotEqualTo(all.get(all.size() - 1));
  }

  @Test
  void everyControlHasAName() {
    Object nameless =
        browser.eval(
            REACHABLE
                + ".filter((one) => !(one.getAttribute('aria-label') || one.innerText.trim()"
                + " || one.closest('label'))).map((one) => one.outerHTML).join()");
    assertThat(nameless).isEqualTo("");
  }

  @Test
  void arrowsMoveThroughAChartAndTheValuesAreSaid() {
    focus("#figure-learned canvas");
    browser.press(Keys.HOME);
    assertThat(browser.text("#said"))
        .startsWith("epoch 0.00: noisy clean labels ")
        .contains("; noisy flipped labels ", "; probed clean labels ");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.text("#said")).startsWith("epoch 0.05: ");
    browser.press(Keys.END);
    assertThat(browser.text("#said")).startsWith("epoch 7.95: ");
    String tooltip =
        "Chart.getChart(document.querySelector('#figure-learned canvas')).tooltip.opacity";
    assertThat(browser.eval(tooltip)).isEqualTo(1L);
    browser.press(Keys.ESCAPE);
    assertThat(browser.eval(tooltip)).isEqualTo(0L);
  }

  @Test
  void arrowsMoveThroughSmallMultiples() {
    browser.click("[aria-label^=\"Runs in one\"] button:nth-child(2)");
    browser.await("document.querySelector('#figure-accuracy canvas').hidden");
    focus("#figure-accuracy canvas:nth-child(2)");
    browser.press(Keys.HOME);
    assertThat(browser.text("#said")).startsWith("epoch 0.00: noisy validation 10.0 %");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.PAGE_DOWN);
    assertThat(browser.text("#said")).startsWith("epoch 1.00: ");
  }

  @Test
  void arrowsMoveThroughTheTimelineTheMapAndTheScores() {
    focus("#figure-timeline canvas");
    browser.press(Keys.HOME);
    assertThat(browser.text("#said")).contains("noisy, ", "step ", "epoch ");
    assertThat(browser.text("#figure-timeline .timeline-said")).isEqualTo(browser.text("#said"));

    focus("#panel-heat-map canvas");
    browser.press(Keys.HOME);
    assertThat(browser.text("#said")).startsWith("dense0, epoch 0.00: ");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.text("#said")).startsWith("dense1, epoch 0.").doesNotContain("0.00:");

    focus("#panel-svalidation canvas");
    browser.press(Keys.HOME);
    assertThat(browser.text("#said")).startsWith("pixels, no network: 5 % shuffled: observed");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.text("#said")).startsWith("epoch 0, untrained: 5 % shuffled");

    focus("#panel-evidence canvas");
    browser.press(Keys.END);
    assertThat(browser.text("#said")).contains("epoch ", " of ");
  }

  private void focus(String selector) {
    browser.eval("document.querySelector('" + selector + "').focus()");
  }

  @Test
  void theSkipLinkLeadsToTheCharts() {
    browser.press(Keys.TAB);
    assertThat(browser.eval("document.activeElement.innerText")).isEqualTo("Skip to the charts");
    browser.press(Keys.ENTER);
    browser.await("document.activeElement.id === 'charts'");
    browser.press(Keys.TAB);
    assertThat(browser.eval("document.activeElement.closest('#charts') !== null")).isEqualTo(true);
  }

  @Test
  void headingsAndLandmarksTellTheParts() {
    assertThat(
            browser.eval(
                "[...document.querySelectorAll('h1, h2')].filter((h) => h.checkVisibility()).map((h) => h.innerText).join('|')"))
        .isEqualTo("Engram|Runs|Runs compared|Details of");
    assertThat(
            browser.eval(
                "[...document.querySelectorAll('main section[aria-labelledby]')].every((section) =>"
                    + " document.getElementById(section.getAttribute('aria-labelledby')))"))
        .isEqualTo(true);
    assertThat(browser.eval("document.querySelectorAll('main, header, footer').length"))
        .isEqualTo(3L);
  }

  @Test
  void nothingMovesByItselfWhereThatIsNotWanted() {
    assertThat(browser.eval("document.getAnimations().length")).isEqualTo(0L);
  }
}
