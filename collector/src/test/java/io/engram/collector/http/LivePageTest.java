package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import io.engram.collector.Poll;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.wire.EventAddresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class LivePageTest {
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path profile;

  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = new Browser(profile);
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1440, 1500, light", "1440, 1500, dark", "360, 2700, light"})
  void theCurvesMove(int width, int height, String scheme, Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    browser.emulate(width, height, scheme);
    browser.open(collector.uri("/"));
    browser.await("document.getElementById('empty').hidden === false");
    assertThat(browser.text("#empty")).contains("No runs yet");
    assertThat(browser.text("#connection")).isEqualTo("live");

    SyntheticRun clean = new SyntheticRun("glyphs-clean", 0, "dense0", "dense1");
    SyntheticRun noisy = new SyntheticRun("glyphs-noisy", 0.4, "dense0", "dense1").withProbes();
    collector.showPixels(clean);
    collector.showPixels(noisy);
    collector.train(clean, 5 * SyntheticRun.STEPS_PER_EPOCH);
    collector.train(noisy, 5 * SyntheticRun.STEPS_PER_EPOCH);
    browser.await("document.querySelectorAll('.run').length === 2");
    browser.await(points("accuracy", "glyphs-noisy") + " === 6");
    Object picture = browser.eval("document.querySelector('#figure-learned canvas').toDataURL()");
    while (!clean.isOver()) {
      collector.send(clean.step());
      collector.send(noisy.step());
    }

    browser.await(points("accuracy", "glyphs-noisy") + " === " + (SyntheticRun.EPOCHS + 1));
    browser.await(points("loss", "glyphs-clean") + " >= 200");
    browser.await(points("learned", "glyphs-noisy") + " >= 200");
    browser.await(points("gradient", "glyphs-noisy") + " >= 200");
    browser.await(points("events", "glyphs-noisy") + " >= 1");
    for (String figure : List.of("csr", "monitored", "canaries", "gini", "auroc", "rank")) {
      browser.await("document.getElementById('figure-" + figure + "').hidden === false");
      browser.await(points(figure, "glyphs-noisy") + " >= " + SyntheticRun.EPOCHS);
    }
    browser.eval("document.getElementById('panels').scrollIntoView()");
    browser.await("document.querySelectorAll('.suspect').length === 48");
    browser.await("[...document.querySelectorAll('.suspect canvas')].every(c => c.width === 28)");
    browser.await("document.querySelectorAll('.matrix i').length === 100");
    assertThat(browser.text("#panel-suspects")).contains("✓");
    assertThat(browser.eval("document.querySelector('#figure-learned canvas').toDataURL()"))
        .isNotEqualTo(picture);
    assertThat(browser.text("[aria-label=\"Run glyphs-noisy\"]"))
        .containsIgnoringCase("completed")
        .contains("epoch 40 of 40", "40 % of the labels drawn anew (uniform)", "Flipped learned");
    assertThat((Long) browser.eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    boolean dark =
        Boolean.TRUE.equals(
            browser.eval("getComputedStyle(document.body).backgroundColor === 'rgb(13, 18, 24)'"));
    assertThat(dark).isEqualTo(scheme.equals("dark"));
    browser.keepPicture("page-" + width + "-" + scheme);
    assertThat(browser.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4, 8, 6, 1     | 1   | 4, 6, 5, 3.5",
        "4, 8, 6, 1, 3  | 2   | 4, 6, 4.4, 4.5, 3.3333",
        "4, null, 6, 1  | 1   | 4, null, 3.5, 3.5",
        "4, 8           | 0   | 4, 8",
        "5              | 0   | 5"
      })
  void smoothingIsAMeanThatDoesNotLag(String values, String reach, String means, Vertx vertx) {
    browser.open(TestCollector.start(vertx).uri("/"));
    Object result =
        browser.eval(
            "import('./smoothing.js').then(({smoothed}) => smoothed([%s].map((y, x) => ({x, y})), %s)"
                    .formatted(values, reach)
                + ".map(({y}) => y === null ? 'null' : String(+y.toFixed(4))).join(', '))");

    assertThat(result).isEqualTo(means);
  }

  @Test
  void namesFromOutsideAreNoMarkup(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    String hostile = "<img src=x onerror=\"window.broken=1\">&\"'</script>";
    SyntheticRun run = new SyntheticRun("alpha", 0, hostile, "dense1");
    browser.emulate(1440, 900, "light");
    browser.open(collector.uri("/"));

    collector.train(run, 2);
    collector.send(run.stop(hostile));

    browser.await("document.querySelector('.progress-words')?.innerText.includes('onerror')");
    assertThat(browser.eval("document.querySelector('select').options[1].text")).isEqualTo(hostile);
    browser.eval(
        "document.querySelector('select').selectedIndex = 1,"
            + " document.querySelector('select').dispatchEvent(new Event('change'))");
    browser.await(points("gradient", "alpha") + " === 2");
    assertThat(browser.eval("document.querySelectorAll('main img').length")).isEqualTo(0L);
    assertThat(browser.eval("window.broken")).isNull();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aRunCanBeHiddenAndTheUnitChosen(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("alpha", 0, "dense0"), SyntheticRun.STEPS_PER_EPOCH);
    collector.train(new SyntheticRun("beta", 0, "dense0"), SyntheticRun.STEPS_PER_EPOCH);
    browser.emulate(1440, 900, "light");
    browser.open(collector.uri("/"));
    browser.await(points("loss", "beta") + " === " + SyntheticRun.STEPS_PER_EPOCH);

    browser.click(".chip:nth-child(2)");
    browser.click(".switch button:nth-child(2)");

    browser.await(points("loss", "beta") + " === 0");
    browser.await(
        lines("loss", "alpha") + ".at(-1).data.at(-1).x === " + (SyntheticRun.STEPS_PER_EPOCH - 1));
  }

  @Test
  void aPersonCanCommandARun(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");
    Queue<Message<String>> commands = new ConcurrentLinkedQueue<>();
    vertx.eventBus().consumer(EventAddresses.commands(run.run()), commands::add);
    collector.train(run, 3);
    browser.emulate(1440, 900, "light");
    browser.open(collector.uri("/"));
    browser.await("document.querySelectorAll('.controls button').length === 3");
    assertThat(browser.eval("document.querySelector('.controls').getAttribute('aria-label')"))
        .isEqualTo("Commands for run alpha");
    assertThat(browser.text(".controls")).contains("Pause", "Checkpoint", "Stop");

    browser.eval("document.querySelector('.controls button').focus()");
    browser.press(Keys.ENTER);
    Poll.until(() -> !commands.isEmpty());
    assertThat(browser.eval("document.querySelectorAll('.controls :disabled').length"))
        .isEqualTo(3L);
    assertThat(commands.peek().body()).isEqualTo("PAUSE");
    commands.remove().reply("PAUSED");

    browser.await("document.querySelector('.controls button').innerText === 'Resume'");
    assertThat(browser.text("[role=status].controls-said")).isEqualTo("the run is paused");
    browser.await("document.activeElement.innerText === 'Resume'");
    browser.click(".controls button:nth-child(2)");
    Poll.until(() -> !commands.isEmpty());
    assertThat(commands.peek().body()).isEqualTo("CHECKPOINT");
    commands.remove().fail(500, "the disk is full");
    browser.await(
        "document.querySelector('.controls-said').innerText.endsWith('the disk is full')");

    collector.send(run.stop("enough"));
    browser.await("document.querySelectorAll('.controls :disabled').length === 3");
  }

  @Test
  void comesBackWhenTheCollectorDoes(Vertx vertx, @TempDir Path state) {
    JsonObject config = new JsonObject().put("stateDir", state.toString());
    TestCollector before = TestCollector.start(vertx, config);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");
    before.train(run, 3);
    browser.emulate(1440, 900, "light");
    browser.open(before.uri("/"));
    browser.await(points("loss", "alpha") + " === 3");

    before.stop();
    browser.await("document.getElementById('connection').dataset.state === 'lost'");
    TestCollector after = TestCollector.start(vertx, config.put("port", before.port()));
    after.send(run.step());

    Poll.until(() -> "live".equals(browser.text("#connection")));
    browser.await(points("loss", "alpha") + " === 4");
  }

  /** Points of a run's first line in a figure. */
  private static String points(String figure, String run) {
    return "(" + lines(figure, run) + "[0]?.data.length ?? 0)";
  }

  private static String lines(String figure, String run) {
    return "(Chart.getChart(document.querySelector('#figure-%s canvas'))?.data.datasets ?? [])"
            .formatted(figure)
        + ".filter((line) => line.run === '%s')".formatted(run);
  }
}
