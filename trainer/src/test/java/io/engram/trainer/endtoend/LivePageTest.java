package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live page in a headless Chromium while a trainer runs. Skipped where Chromium is not
 * installed, but not with {@code CI=true}.
 */
@Timeout(600)
class LivePageTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  @Test
  void theCurvesMoveWhileTheNetworkTrains() throws Exception {
    Path run =
        Files.writeString(
            folder.resolve("moving.yaml"),
            """
            data: {name: glyphs, training: 500, validation: 100}
            noise: {labels: {share: 0.4}}
            network: mlp:784-32-10
            training: {epochs: 100000, batch: 50}
            """);
    try (Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")));
        TrainerProcess trainer = TrainerProcess.start(folder, "train", run.toString())) {
      browser.emulate(1280, 1400, "light");
      browser.open(URI.create("http://127.0.0.1:%d/".formatted(trainer.port())));

      double loss = awaitBeyond(browser, "loss", 0);
      double accuracy = awaitBeyond(browser, "accuracy", 0);
      double learned = awaitBeyond(browser, "learned", 0);
      double gradient = awaitBeyond(browser, "gradient", 0);

      awaitBeyond(browser, "loss", loss);
      awaitBeyond(browser, "accuracy", accuracy);
      awaitBeyond(browser, "learned", learned);
      awaitBeyond(browser, "gradient", gradient);
      awaitBeyond(browser, "events", -1);
      assertThat(browser.text("[aria-label=\"Run moving\"]"))
          .containsIgnoringCase("running")
          .contains("Flipped learned");
      assertThat(browser.errors()).isEmpty();
    }
  }

  /** Where the run's first line in a figure ends, in the figure's own unit, once beyond a place. */
  private static double awaitBeyond(Browser browser, String figure, double place) throws Exception {
    String end =
        "(Chart.getChart(document.querySelector('#figure-%s canvas'))?.data.datasets ?? [])"
                .formatted(figure)
            + ".find((line) => line.run === 'moving')?.data.at(-1)?.x ?? -1e9";
    return Poll.until(LIMIT, () -> ((Number) browser.eval(end)).doubleValue(), x -> x > place);
  }
}
