package io.engram.collector.http;

import static io.engram.collector.LivePage.lines;
import static io.engram.collector.LivePage.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.LivePage;
import io.engram.collector.Poll;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.TrainerReported;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class LivePageTest {
  @RegisterExtension static final LivePage PAGE = new LivePage();

  @ParameterizedTest
  @CsvSource({"1440, 1500, light", "1440, 1500, dark", "360, 2700, light"})
  void theCurvesMove(int width, int height, String scheme, Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    PAGE.browser().emulate(width, height, scheme);
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await("document.getElementById('empty').hidden === false");
    assertThat(PAGE.browser().text("#empty")).contains("No runs yet");
    assertThat(PAGE.browser().text("#connection")).isEqualTo("live");

    SyntheticRun clean = new SyntheticRun("glyphs-clean", 0, "dense0", "dense1");
    SyntheticRun noisy = new SyntheticRun("glyphs-noisy", 0.4, "dense0", "dense1").withProbes();
    collector.showPixels(clean);
    collector.showPixels(noisy);
    collector.train(clean, 5 * SyntheticRun.STEPS_PER_EPOCH);
    collector.train(noisy, 5 * SyntheticRun.STEPS_PER_EPOCH);
    PAGE.browser().await("document.querySelectorAll('.run').length === 2");
    PAGE.browser().await(points("accuracy", "glyphs-noisy") + " === 6");
    Object picture =
        PAGE.browser().eval("document.querySelector('#figure-learned canvas').toDataURL()");
    while (!clean.isOver()) {
      collector.send(clean.step());
      collector.send(noisy.step());
    }

    PAGE.browser().await(points("accuracy", "glyphs-noisy") + " === " + (SyntheticRun.EPOCHS + 1));
    PAGE.browser().await(points("loss", "glyphs-clean") + " >= 200");
    PAGE.browser().await(points("learned", "glyphs-noisy") + " >= 200");
    PAGE.browser().await(points("gradient", "glyphs-noisy") + " >= 200");
    PAGE.browser().await(points("events", "glyphs-noisy") + " >= 1");
    for (String figure : List.of("csr", "monitored", "canaries", "gini", "auroc", "rank")) {
      PAGE.browser().await("document.getElementById('figure-" + figure + "').hidden === false");
      PAGE.browser().await(points(figure, "glyphs-noisy") + " >= " + SyntheticRun.EPOCHS);
    }
    PAGE.browser().eval("document.getElementById('panels').scrollIntoView()");
    PAGE.browser().await("document.querySelectorAll('.suspect').length === 48");
    PAGE.browser()
        .await("[...document.querySelectorAll('.suspect canvas')].every(c => c.width === 28)");
    PAGE.browser().await("document.querySelectorAll('.matrix i').length === 100");
    PAGE.browser().await("document.getElementById('panel-heat-map').hidden === false");
    assertThat(PAGE.browser().eval("document.querySelector('#panel-heat-map canvas').ariaLabel"))
        .asString()
        .startsWith("Gradients by layer, gradient norm, glyphs-noisy: from ")
        .contains("Latest: dense0 ", "; dense1 ");
    assertThat(PAGE.browser().text("#panel-suspects")).contains("✓");
    assertThat(PAGE.browser().eval("document.querySelector('#figure-learned canvas').toDataURL()"))
        .isNotEqualTo(picture);
    assertThat(PAGE.browser().text("[aria-label=\"Run glyphs-noisy\"]"))
        .containsIgnoringCase("completed")
        .contains("epoch 40 of 40", "40 % of the labels drawn anew (uniform)", "Flipped learned");
    assertThat((Long) PAGE.browser().eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    boolean dark =
        Boolean.TRUE.equals(
            PAGE.browser()
                .eval("getComputedStyle(document.body).backgroundColor === 'rgb(13, 18, 24)'"));
    assertThat(dark).isEqualTo(scheme.equals("dark"));
    PAGE.browser().keepPicture("page-" + width + "-" + scheme);
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
    PAGE.browser().open(TestCollector.start(vertx).uri("/"));
    Object result =
        PAGE.browser()
            .eval(
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
    PAGE.browser().emulate(1440, 900, "light");
    PAGE.browser().open(collector.uri("/"));

    collector.train(run, 2);
    collector.send(run.stop(hostile));

    PAGE.browser()
        .await("document.querySelector('.progress-words')?.innerText.includes('onerror')");
    assertThat(
            PAGE.browser()
                .eval("document.querySelector('#figure-gradient select').options[1].text"))
        .isEqualTo(hostile);
    PAGE.browser()
        .eval(
            "document.querySelector('#figure-gradient select').selectedIndex = 1,"
                + " document.querySelector('#figure-gradient select').dispatchEvent(new Event('change'))");
    PAGE.browser().await(points("gradient", "alpha") + " === 2");
    assertThat(PAGE.browser().eval("document.querySelectorAll('main img').length")).isEqualTo(0L);
    assertThat(PAGE.browser().eval("window.broken")).isNull();
  }

  @Test
  void aRunCanBeHiddenAndTheUnitChosen(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    for (String name : List.of("alpha", "beta")) {
      SyntheticRun run = new SyntheticRun(name, 0, "dense0");
      collector.showPixels(run);
      collector.train(run, SyntheticRun.STEPS_PER_EPOCH);
    }
    PAGE.browser().emulate(1440, 900, "light");
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await(points("loss", "beta") + " === " + SyntheticRun.STEPS_PER_EPOCH);

    PAGE.browser().click(".chip:nth-child(2)");
    PAGE.browser().click(".switch button:nth-child(2)");

    PAGE.browser().await(points("loss", "beta") + " === 0");
    PAGE.browser()
        .await(
            lines("loss", "alpha")
                + ".at(-1).data.at(-1).x === "
                + (SyntheticRun.STEPS_PER_EPOCH - 1));
  }

  @Test
  void aPersonCanCommandARun(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");
    Queue<Message<JsonObject>> commands = new ConcurrentLinkedQueue<>();
    vertx.eventBus().consumer(EventAddresses.commands(run.run()), commands::add);
    collector.train(run, 3);
    PAGE.browser().emulate(1440, 900, "light");
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await("document.querySelectorAll('.controls button').length === 3");
    assertThat(
            PAGE.browser().eval("document.querySelector('.controls').getAttribute('aria-label')"))
        .isEqualTo("Commands for run alpha");
    assertThat(PAGE.browser().text(".controls")).contains("Pause", "Checkpoint", "Stop");

    PAGE.browser().eval("document.querySelector('.controls button').focus()");
    PAGE.browser().press(Keys.ENTER);
    Poll.until(() -> !commands.isEmpty());
    assertThat(PAGE.browser().eval("document.querySelectorAll('.controls :disabled').length"))
        .isEqualTo(3L);
    assertThat(commands.peek().body().getString("command")).isEqualTo("pause");
    collector.send(run.pause());
    commands.remove().reply("PAUSED");

    PAGE.browser().await("document.querySelector('.controls button').innerText === 'Resume'");
    assertThat(PAGE.browser().text("[role=status].controls-said")).isEqualTo("the run is paused");
    PAGE.browser().await("document.activeElement.innerText === 'Resume'");
    PAGE.browser().click(".controls button:nth-child(2)");
    Poll.until(() -> !commands.isEmpty());
    assertThat(commands.peek().body().getString("command")).isEqualTo("checkpoint");
    commands.remove().fail(500, "the disk is full");
    PAGE.browser()
        .await("document.querySelector('.controls-said').innerText.endsWith('the disk is full')");

    collector.send(run.stop("enough"));
    PAGE.browser().await("document.querySelectorAll('.controls :disabled').length === 3");
    assertThat(PAGE.browser().errors()).singleElement().asString().contains("502 (Bad Gateway)");
  }

  @Test
  void whatWaitsForTheCollectorIsToldWhileTheRunGoesOn(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");
    collector.train(run, 3);
    collector.send(run.report(new TrainerReported.Spool(300, 7, 0, 1_000, 4_000)));
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await(points("loss", "alpha") + " === 3");
    assertThat(PAGE.browser().eval("document.querySelector('.warnings').hidden")).isEqualTo(true);

    collector.send(run.report(new TrainerReported.Spool(600, 1_234, 0, 1_000, 12_000)));
    String said = "document.querySelector('.warnings').innerText";
    PAGE.browser()
        .await(
            said
                + " === '1,234 events wait in the spool, which is 60.0 % full, the oldest for 12 s'");

    collector.send(run.stop("enough"));
    PAGE.browser().await("document.querySelector('.warnings').hidden");
  }

  @Test
  void comesBackWhenTheCollectorDoes(Vertx vertx, @TempDir Path state) {
    JsonObject config = new JsonObject().put("stateDir", state.toString());
    TestCollector before = TestCollector.start(vertx, config);
    SyntheticRun run = new SyntheticRun("alpha", 0, "dense0");
    before.train(run, 3);
    PAGE.browser().emulate(1440, 900, "light");
    PAGE.browser().open(before.uri("/"));
    PAGE.browser().await(points("loss", "alpha") + " === 3");

    before.stop();
    PAGE.browser().await("document.getElementById('connection').dataset.state === 'lost'");
    TestCollector after = TestCollector.start(vertx, config.put("port", before.port()));
    after.send(run.step());

    Poll.until(() -> "live".equals(PAGE.browser().text("#connection")));
    PAGE.browser().await(points("loss", "alpha") + " === 4");
    assertThat(PAGE.browser().errors()).allMatch(error -> error.contains("/api/v1/"));
  }
}
