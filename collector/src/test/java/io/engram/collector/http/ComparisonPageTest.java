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
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twenty runs beside each other. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class ComparisonPageTest {
  private static final int RUNS = 20;
  private static final int STEPS = 3 * SyntheticRun.STEPS_PER_EPOCH;

  @RegisterExtension static final LivePage PAGE = new LivePage();

  private final Browser browser = PAGE.browser();
  private TestCollector collector;

  @BeforeEach
  void train(Vertx vertx) {
    collector = TestCollector.start(vertx);
    for (int i = 0; i < RUNS; i++) {
      SyntheticRun run = new SyntheticRun("sweep-%02d".formatted(i), i % 2 * 0.4, "dense0");
      collector.showPixels(run);
      collector.train(i % 5 == 0 ? run.withMonitoring(i % 2 == 1) : run, STEPS);
    }
  }

  private void open(int width, String scheme) {
    browser.emulate(width, 1000, scheme);
    browser.open(collector.uri("/"));
    browser.await("document.querySelectorAll('.run').length === " + RUNS);
    browser.eval("document.getElementById('charts').scrollIntoView()");
    browser.await("performance.getEntriesByName('engram-first-chart').length === 1");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "360, light"})
  void eachRunHasADrawingOfItsOwn(int width, String scheme) throws IOException {
    open(width, scheme);

    String canvases = "document.querySelectorAll('#figure-learned canvas')";
    browser.await(canvases + "[0].hidden && !" + canvases + "[1].hidden");
    browser.await(canvases + "[1].getAttribute('aria-label').includes('sweep-19 clean labels')");
    assertThat(browser.eval(canvases + "[1].width > 0")).isEqualTo(true);
    assertThat((Long) browser.eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    browser.keepPicture("twenty-" + width + "-" + scheme);
    browser.eval("scrollTo(0, 0)");
    browser.keepPicture("twenty-list-" + width + "-" + scheme);
  }

  @Test
  void theyCanBeDrawnTogetherAndAFewAreByThemselves() {
    open(1280, "light");

    browser.click("[aria-label^=\"Runs in one\"] button:nth-child(1)");
    browser.await(points("learned", "sweep-19") + " > 0");
    assertThat(browser.eval("location.search")).isEqualTo("?view=together");
    browser.back();
    browser.await("document.querySelector('#figure-learned canvas').hidden");
    browser.open(collector.uri("/?runs=sweep-01.sweep-07"));
    browser.eval("document.getElementById('charts').scrollIntoView()");
    browser.await(points("learned", "sweep-07") + " > 0");
    assertThat(browser.eval(points("learned", "sweep-02"))).isEqualTo(0L);
  }

  @Test
  void aLineOpens() {
    open(1280, "light");
    String card = "document.querySelector('[aria-label=\"Run sweep-03\"]')";
    assertThat(browser.eval(card + ".querySelector('.meters').checkVisibility()")).isEqualTo(false);

    browser.click("[aria-label=\"More of run sweep-03\"]");

    assertThat(browser.eval(card + ".querySelector('.meters').checkVisibility()")).isEqualTo(true);
    assertThat(browser.eval(card + ".querySelector('.opener').getAttribute('aria-expanded')"))
        .isEqualTo("true");
  }

  @Test
  void whatIsOutOfSightIsNotFetchedFirst() {
    browser.emulate(1280, 700, "light");
    browser.open(collector.uri("/"));
    browser.await("performance.getEntriesByName('engram-first-chart').length === 1");

    String first =
        "performance.getEntriesByType('resource').find(({name}) => /v1.series/.test(name))";
    assertThat(browser.eval("new URL(" + first + ".name).searchParams.getAll('run').length"))
        .isEqualTo((long) RUNS);
    assertThat(browser.eval("new URL(" + first + ".name).searchParams.getAll('name').join()"))
        .asString()
        .contains("examples_learned/clean")
        .doesNotContain("gradient_norm");
  }

  @Test
  void linesGoThroughTheirPoints() {
    open(1280, "light");
    Object cells =
        browser.eval(
            "import('./multiples.js').then(({drawMultiples, heightFor}) => {"
                + " const strokes = [];"
                + " const pen = new Proxy({}, {get: (own, name) => name === 'measureText'"
                + " ? () => ({width: 20}) : name in own ? own[name]"
                + " : (...at) => strokes.push([name, ...at]), set: (own, name, to) => (own[name]"
                + " = to, true)});"
                + " const line = (run) => ({run, kind: 'a', dash: 'solid', colour: '#000000',"
                + " points: [{x: 0, y: 0}, {x: 10, y: 1}], raw: null, left: [], band: null});"
                + " const cells = drawMultiples(pen, 400, heightFor(3, 400),"
                + " {share: true, format: String}, {lines: ['a', 'b', 'c'].map(line), onsets: [],"
                + " unit: 'epochs', log: false, cursor: null});"
                + " const ends = cells.map(({left, top, width, height}) => strokes.some(([name, x,"
                + " y]) => name === 'lineTo' && Math.abs(x - left - width) < 0.01"
                + " && Math.abs(y - top) < 0.01));"
                + " return [cells.length, new Set(cells.map(({top}) => top)).size,"
                + " cells[1].x(cells[1].left), ...ends].join(' ');})");

    assertThat(cells).isEqualTo("3 2 0 true true true");
  }
}
