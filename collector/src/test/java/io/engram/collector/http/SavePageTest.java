package io.engram.collector.http;

import static io.engram.collector.LivePage.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import io.engram.collector.LivePage;
import io.engram.collector.Poll;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every chart can be taken along as a picture, and what it shows as a table. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class SavePageTest {
  private static final int STEPS = 8 * SyntheticRun.STEPS_PER_EPOCH;
  private static final int WHITE = 0xFFFFFFFF;

  @RegisterExtension static final LivePage PAGE = new LivePage();

  @TempDir Path downloads;

  private final Browser browser = PAGE.browser();

  private TestCollector open(Vertx vertx, String scheme) {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun noisy = new SyntheticRun("noisy", 0.4, "dense0", "dense1").withProbes();
    collector.showPixels(noisy);
    collector.train(noisy, STEPS);
    collector.train(new SyntheticRun("clean", 0, "dense0", "dense1").withMonitoring(true), STEPS);
    browser.downloadInto(downloads);
    browser.emulate(1280, 3000, scheme);
    browser.open(collector.uri("/?run=noisy"));
    browser.await(points("loss", "noisy") + " === " + STEPS);
    browser.eval("document.getElementById('panels').scrollIntoView()");
    browser.await("document.querySelectorAll('.matrix i').length === 100");
    browser.await("document.querySelectorAll('.suspect').length === 48");
    browser.await("[...document.querySelectorAll('.suspect canvas')].every(c => c.width === 28)");
    browser.await("document.getElementById('panel-heat-map').hidden === false");
    browser.await("document.getElementById('panel-svalidation').hidden === false");
    return collector;
  }

  private Path save(String figure, String button, String name) {
    browser.click(figure + " .save:nth-child(" + (button.equals("PNG") ? 1 : 2) + ")");
    Path file = downloads.resolve(name);
    Poll.until(() -> Files.exists(file));
    return file;
  }

  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void picturesAreOnWhitePaper(String scheme, Vertx vertx) throws IOException {
    open(vertx, scheme);

    for (String[] chart :
        List.of(
            new String[] {"#figure-learned", "engram-learned-clean-noisy.png"},
            new String[] {"#figure-csr", "engram-csr-clean-noisy.png"},
            new String[] {"#figure-timeline", "engram-onset-timeline-clean-noisy.png"},
            new String[] {"#panel-heat-map", "engram-gradients-by-layer-noisy.png"},
            new String[] {"#panel-evidence", "engram-onset-evidence-noisy.png"},
            new String[] {"#panel-svalidation", "engram-s-validation-noisy.png"},
            new String[] {"#panel-suspects", "engram-suspects-noisy.png"},
            new String[] {"#panel-data-map", "engram-data-map-noisy.png"},
            new String[] {"#panel-matrix", "engram-class-sensitivity-noisy.png"})) {
      Path file = save(chart[0], "PNG", chart[1]);
      BufferedImage picture = ImageIO.read(file.toFile());
      assertThat(picture.getWidth()).as(chart[1]).isEqualTo(2200);
      assertThat(picture.getRGB(2, 2)).as(chart[1]).isEqualTo(WHITE);
      assertThat(colours(picture)).as("colours of " + chart[1]).isGreaterThan(20);
      Path kept = Files.createDirectories(Path.of("target", "screenshots", "saved-" + scheme));
      Files.write(kept.resolve(chart[1]), Files.readAllBytes(file));
    }
    assertThat(
            browser.eval("getComputedStyle(document.body).backgroundColor === 'rgb(13, 18, 24)'"))
        .as("the page keeps its own colours")
        .isEqualTo(scheme.equals("dark"));
  }

  private static long colours(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).distinct().count();
  }

  @Test
  void tablesHaveEveryPoint(Vertx vertx) throws IOException {
    open(vertx, "light");

    List<String> loss = rows("#figure-loss", "engram-loss-clean-noisy.csv");
    assertThat(loss.get(0)).isEqualTo("run,step,epoch,step_loss [nats]");
    assertThat(loss).hasSize(1 + 2 * STEPS);
    assertThat(loss.get(1)).startsWith("clean,0,0.0,");

    assertThat(rows("#figure-csr", "engram-csr-clean-noisy.csv").get(0))
        .startsWith("run,step,epoch,csr/validation/8 [share],csr/validation/8/lower [share]");
    List<String> layers = rows("#panel-heat-map", "engram-gradients-by-layer-noisy.csv");
    assertThat(layers.get(0))
        .isEqualTo("run,step,epoch,gradient_norm/dense0 [L2 norm],gradient_norm/dense1 [L2 norm]");
    assertThat(layers).hasSize(1 + STEPS);
  }

  @Test
  void tablesOfPanelsHaveTheirUnits(Vertx vertx) throws IOException {
    open(vertx, "light");

    List<String> map = rows("#panel-data-map", "engram-data-map-noisy.csv");
    assertThat(map).hasSize(1 + SyntheticRun.EXAMPLES);
    assertThat(map.get(0)).startsWith("run,example,labels,mean confidence [probability]");
    assertThat(rows("#panel-suspects", "engram-suspects-noisy.csv")).hasSize(1 + 48);
    assertThat(rows("#panel-matrix", "engram-class-sensitivity-noisy.csv")).hasSize(1 + 100);
    List<String> scores = rows("#panel-svalidation", "engram-s-validation-noisy.csv");
    assertThat(scores.get(0)).contains("null median [share]", "verdict");
    assertThat(scores).hasSizeGreaterThan(10);
    List<String> timeline = rows("#figure-timeline", "engram-onset-timeline-clean-noisy.csv");
    assertThat(timeline.get(0)).contains("raised at [step]", "estimated beginning [step]");
    assertThat(timeline).hasSize(1 + 2 * 3);
    assertThat(timeline.get(1)).startsWith("clean,warning,raised,");
    assertThat(rows("#panel-evidence", "engram-onset-evidence-noisy.csv")).hasSizeGreaterThan(1);
    assertThat(rows("#figure-events", "engram-events-clean-noisy.csv").get(0))
        .isEqualTo("run,time [s],Events per second [1/s]");
  }

  private List<String> rows(String figure, String name) throws IOException {
    Path file = save(figure, "CSV", name);
    Poll.until(() -> file.toFile().length() > 0);
    return List.of(Files.readString(file).split("\r\n"));
  }

  @Test
  void fieldsWithSeparatorsAreQuoted(Vertx vertx) {
    browser.open(TestCollector.start(vertx).uri("/"));

    assertThat(
            browser.eval(
                "import('./save.js').then(({csv}) =>"
                    + " csv([['a,b', 'say \"x\"', null, 0], [1, 'c']]).split('\\r\\n').join('|'))"))
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",,0|1,c|");
  }

  @Test
  void namesTellTheRunsWhileTheyAreFew(Vertx vertx) {
    browser.open(TestCollector.start(vertx).uri("/"));

    assertThat(
            browser.eval(
                "import('./save.js').then(({nameOf}) => nameOf({id: 'loss', runs: ['a', 'b', 'c']})"
                    + " + ' ' + nameOf({id: 'loss', runs: ['a', 'b', 'c', 'd']}))"))
        .isEqualTo("engram-loss-a-b-c engram-loss-4-runs");
  }
}
