package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.LivePage;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class SValidationPanelTest {
  private static final String PANEL = "document.getElementById('panel-svalidation')";
  private static final String CHART =
      "Chart.getChart(document.querySelector('#panel-svalidation canvas'))";

  @RegisterExtension static final LivePage PAGE = new LivePage();

  private static void open(TestCollector collector, int width, String scheme) {
    PAGE.browser().emulate(width, 1000, scheme);
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await("document.getElementById('panels').hidden === false");
    PAGE.browser().eval("document.getElementById('panels').scrollIntoView()");
  }

  private static void train(TestCollector collector, int epochs) {
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0").withProbes();
    collector.showPixels(run);
    collector.train(run, epochs * SyntheticRun.STEPS_PER_EPOCH);
  }

  @ParameterizedTest
  @CsvSource({"1440, light", "1440, dark", "360, light"})
  void showsThePapersPicture(int width, String scheme, Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    train(collector, 40);
    open(collector, width, scheme);

    PAGE.browser().await(PANEL + ".hidden === false");
    PAGE.browser().await(CHART + "?.data.datasets.length === 8");
    assertThat(labels()).isEqualTo("pixels,0,1,2,5,10,20,40".split(",", -1));
    assertThat(
            PAGE.browser().eval(CHART + ".data.datasets.map((line) => line.data.length).join(' ')"))
        .isEqualTo("8 8 8 8 8 8 8 2");
    assertThat(PAGE.browser().eval(CHART + ".data.datasets.filter((line) => line.nulls).length"))
        .isEqualTo(3L);
    assertThat(PAGE.browser().eval("document.querySelectorAll('.verdicts li').length"))
        .isEqualTo(3L);
    assertThat(PAGE.browser().text(".verdicts"))
        .contains("5 % shuffled", "10 % shuffled", "100 % shuffled")
        .contains("show it already: not attributable to training; centre +0.12")
        .contains("attributable to training; centre +0.10, observed +0.30 over epoch 0");
    assertThat(PAGE.browser().text(".evidence"))
        .contains("epoch 40", "3 of 16 features dead", "also scored by PAPER");
    assertThat(
            PAGE.browser()
                .eval(
                    "document.querySelector('#panel-svalidation canvas').getAttribute('aria-label')"))
        .asString()
        .contains("epoch 40", "Chance 50.0 %", "5 % shuffled: observed 89", "attributable");
    assertThat((Long) PAGE.browser().eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    PAGE.browser().keepPicture("svalidation-" + width + "-" + scheme);
  }

  private static String[] labels() {
    return String.valueOf(
            PAGE.browser().eval(CHART + ".scales.x.ticks.map(({label}) => label).join(',')"))
        .split(",", -1);
  }

  @Test
  void epochsAreAtTheirLogarithms(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    train(collector, 10);
    open(collector, 1440, "light");
    PAGE.browser().await(CHART + "?.data.datasets.length === 8");

    List<?> places =
        (List<?>) PAGE.browser().eval(CHART + ".data.datasets[0].data.map(({x}) => +x.toFixed(3))");
    assertThat(places.toString()).isEqualTo("[-0.6, -0.3, 0, 0.301, 0.699, 1]");
    assertThat(PAGE.browser().eval(CHART + ".data.datasets[0].data[0].words"))
        .isEqualTo("observed 93.0 %, memorized and learned");
    assertThat(PAGE.browser().eval(CHART + ".data.datasets[1].data.at(-1).words").toString())
        .startsWith("null 6")
        .contains(" % to 6");
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 5 % shuffled",
    "0.005 shared, 0.5 % shuffled shared",
    "1, 100 % shuffled",
    "rotation 5, rotation 5°",
    "rotated, rotated"
  })
  void setsHaveNames(String set, String name, Vertx vertx) {
    PAGE.browser().open(TestCollector.start(vertx).uri("/"));
    assertThat(
            PAGE.browser().eval("import('./scoreplot.js').then(({named}) => named('" + set + "'))"))
        .isEqualTo(name);
  }

  @Test
  void manyEpochsHaveRoundTicks(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    train(collector, 1);
    open(collector, 1440, "light");
    PAGE.browser().await(CHART + "?.data.datasets.length === 8");

    PAGE.browser()
        .eval(
            "import('./scoreplot.js').then(({ScorePlot}) =>"
                + " fetch('api/v1/runs/alpha/svalidation').then((answer) => answer.json())"
                + ".then(({series: [series]}) => { const last = series.checkpoints[1];"
                + " for (let epoch = 2; epoch <= 60; epoch++)"
                + " series.checkpoints.push({...last, epoch, step: 20 * epoch});"
                + " const canvas = document.createElement('canvas');"
                + " document.querySelector('#panel-svalidation .plot').replaceChildren(canvas);"
                + " new ScorePlot(canvas).draw(series, 20); }))");
    PAGE.browser().await(CHART + "?.data.datasets[0].data.length === 62");
    assertThat(labels()).isEqualTo("pixels,0,1,2,5,10,20,50".split(",", -1));
  }

  @Test
  void theTooltipTellsTheScoresUnderThePointer(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    train(collector, 10);
    open(collector, 1440, "light");
    PAGE.browser().await(CHART + "?.data.datasets.length === 8");

    PAGE.browser()
        .eval(
            CHART
                + ".tooltip.setActiveElements([0, 1].map((datasetIndex) => ({datasetIndex, index: 1})),"
                + " {x: 0, y: 0})");
    PAGE.browser().eval(CHART + ".update('none')");
    assertThat(PAGE.browser().eval(CHART + ".tooltip.title.join('|')"))
        .isEqualTo("epoch 0, untrained");
    assertThat(PAGE.browser().eval(CHART + ".tooltip.body.map(({lines}) => lines[0]).join('|')"))
        .asString()
        .startsWith(" 5 % shuffled: observed 70.0 %, memorized and learned| 5 % shuffled: null 59");
  }

  @Test
  void anotherClassifierIsAnotherPicture(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    train(collector, 20);
    open(collector, 1440, "light");
    PAGE.browser().await("document.querySelectorAll('#panel-svalidation option').length === 2");
    PAGE.browser().await(CHART + "?.data.datasets[0].data.length === 7");

    PAGE.browser()
        .eval(
            "document.querySelector('#panel-svalidation select').selectedIndex = 1,"
                + " document.querySelector('#panel-svalidation select').dispatchEvent(new"
                + " Event('change'))");
    PAGE.browser().await(CHART + ".data.datasets[0].data.length === 1");
    assertThat(PAGE.browser().text(".verdicts"))
        .contains("no control of this classifier on the pixels");
    assertThat(PAGE.browser().text(".evidence")).contains("PAPER: random-forest-v1 trees=500");
  }

  @Test
  void isHiddenWhileTheRunHasNoScores(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");
    collector.showPixels(run);
    collector.train(run, SyntheticRun.STEPS_PER_EPOCH);
    open(collector, 1440, "light");

    PAGE.browser().await("document.querySelectorAll('.suspect').length > 0");
    assertThat(PAGE.browser().eval(PANEL + ".hidden")).isEqualTo(true);
  }
}
