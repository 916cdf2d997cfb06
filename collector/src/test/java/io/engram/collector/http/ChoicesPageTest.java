package io.engram.collector.http;

import static io.engram.collector.LivePage.lines;
import static io.engram.collector.LivePage.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import io.engram.collector.LivePage;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is chosen on the page is in its address, and comes back with it. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class ChoicesPageTest {
  private static final int STEPS = 4 * SyntheticRun.STEPS_PER_EPOCH;

  @RegisterExtension static final LivePage PAGE = new LivePage();

  private final Browser browser = PAGE.browser();
  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    for (String name : new String[] {"alpha", "beta", "gamma"}) {
      double flipped = name.equals("alpha") ? 0.5 : 0.2;
      SyntheticRun run = new SyntheticRun(name, flipped, "dense0", "dense1").withProbes();
      collector.showPixels(run);
      collector.train(run, STEPS);
    }
    browser.emulate(1280, 2400, "light");
  }

  private void open(String query) {
    browser.open(collector.uri("/" + query));
    browser.await(points("loss", "alpha") + " === " + STEPS);
  }

  private Object address() {
    return browser.eval("location.search");
  }

  private void pick(String select, String value) {
    browser.eval(
        "(select => { select.value = '%s'; select.dispatchEvent(new Event('change')); })"
                .formatted(value)
            + "(document.querySelector('%s'))".formatted(select));
  }

  private static String pressed(String selector) {
    return "[...document.querySelectorAll('"
        + selector
        + "[aria-pressed=true]')]"
        + ".map((button) => button.innerText).join(' ')";
  }

  @Test
  void choicesAreInTheAddressAndGoBackOneByOne() {
    open("");
    assertThat(address()).isEqualTo("");

    browser.click(".chip[data-run=beta]");
    browser.await(points("loss", "beta") + " === 0");
    assertThat(address()).isEqualTo("?runs=alpha.gamma");
    browser.click("[aria-label^=Unit] button:nth-child(2)");
    pick(".smoothing select", "none");
    pick("#figure-gradient select", "dense1");
    browser.click("#figure-loss [aria-pressed]");
    browser.click("[aria-label^=\"Runs in one\"] button:nth-child(2)");
    assertThat(address())
        .isEqualTo("?layer=dense1&log=loss&runs=alpha.gamma&smooth=none&view=apart&x=steps");

    browser.back();
    browser.await("location.search.includes('view') === false");
    browser.await(pressed("[aria-label^=\"Runs in one\"] button") + " === 'together'");
    browser.back();
    browser.await(
        "Chart.getChart(document.querySelector('#figure-loss canvas')).options.scales.y.type"
            + " === 'linear'");
    for (int i = 0; i < 4; i++) {
      browser.back();
    }
    browser.await(points("loss", "beta") + " === " + STEPS);
    assertThat(address()).isEqualTo("");
    assertThat(browser.eval("document.querySelector('#figure-gradient select').value"))
        .isEqualTo("");
    assertThat(browser.eval(pressed("[aria-label^=Unit] button"))).isEqualTo("epochs");
  }

  @Test
  void aSharedLinkRestoresWhatWasChosen() {
    open(
        "?layer=dense1&log=loss&run=beta&runs=alpha.gamma&smooth=strong&x=steps&radius=1&heat=update_ratio");

    assertThat(browser.eval(pressed(".chip"))).isEqualTo("alpha gamma");
    assertThat(browser.eval(pressed("[aria-label^=Unit] button"))).isEqualTo("steps");
    assertThat(browser.eval("document.querySelector('.smoothing select').value"))
        .isEqualTo("strong");
    assertThat(browser.eval("document.querySelector('#figure-gradient select').value"))
        .isEqualTo("dense1");
    browser.await("document.querySelector('#figure-csr select').value === '1'");
    assertThat(
            browser.eval(
                "Chart.getChart(document.querySelector('#figure-loss canvas')).options.scales.y.type"))
        .isEqualTo("logarithmic");
    browser.await(lines("loss", "alpha") + ".at(-1).data.at(-1).x === " + (STEPS - 1));
    assertThat(browser.eval("document.querySelector('.panels-head select').value"))
        .isEqualTo("beta");
    browser.eval("document.getElementById('panels').scrollIntoView()");
    browser.await("document.querySelector('#panel-heat-map select').value === 'update_ratio'");
    assertThat(address()).asString().contains("run=beta").contains("radius=1");
  }

  @Test
  void whatIsNotThereIsAsIfItWereNotChosen() {
    open("?layer=nothing&smooth=much&x=years&view=sideways&run=nobody&radius=x");

    assertThat(browser.eval(pressed("[aria-label^=Unit] button"))).isEqualTo("epochs");
    assertThat(browser.eval("document.querySelector('#figure-gradient select').value"))
        .isEqualTo("");
    assertThat(browser.eval("document.querySelector('.smoothing select').value"))
        .isEqualTo("medium");
    assertThat(browser.eval("document.querySelector('.panels-head select').value"))
        .isEqualTo("alpha");
  }

  @Test
  void allRunsCanBeHiddenAndShownAtOnce() {
    open("");

    browser.click(".chips .all");
    browser.await(points("loss", "gamma") + " === 0");
    assertThat(address()).isEqualTo("?runs=");
    browser.click(".chip[data-run=gamma]");
    browser.await(points("loss", "gamma") + " === " + STEPS);
    assertThat(browser.eval(pressed(".chip"))).isEqualTo("gamma");
    browser.click(".chips .all");
    browser.await(points("loss", "alpha") + " === " + STEPS);
    assertThat(address()).isEqualTo("");
  }
}
