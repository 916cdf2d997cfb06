package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of the live page that the README shows, of real runs. {@code
 * -Dengram.pictures.write=true} trains them to their end and writes the pictures; without it the
 * runs are short, and the pictures are taken but not kept.
 */
@Timeout(1800)
class PicturesTest {
  private static final Path PICTURES = Path.of("..", "dashboards", "pictures");
  private static final boolean WRITE = Boolean.getBoolean("engram.pictures.write");
  private static final Duration TRAINING = Duration.ofMinutes(WRITE ? 25 : 4);
  private static final Duration DRAWING = Duration.ofSeconds(40);
  private static final int LARGEST = 300 * 1024;
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 1462;
  private static final double SHARPNESS = 1.5;
  private static final List<String> RUNS = List.of("live-clean", "live-noisy");

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static Path digits() throws IOException {
    return Files.writeString(
        folder.resolve("digits-4-9.yaml"),
        """
        data: {name: glyphs, classes: [4, 9], training: %d, validation: 200}
        network: mlp-a
        optimizer: {learning_rate: 0.01}
        training: {epochs: %d, batch: 128}
        probes:
          csr: {every: never}
          predictions: {every: never}
          spectrum: {every: never}
          svalidation: {every: logarithmic, confirm: false}
        """
            .formatted(WRITE ? 1000 : 200, WRITE ? 500 : 10));
  }

  @Test
  void showTheRunsOfTheFirstMinute() throws Exception {
    Stream<String> shorter = Stream.of("--set", "training.epochs=3", "--set", "data.training=600");
    String[] arguments =
        Stream.concat(
                Stream.concat(Stream.of("train"), RUNS.stream()), WRITE ? Stream.of() : shorter)
            .toArray(String[]::new);
    Map<String, byte[]> pictures = new TreeMap<>();
    try (Browser browser = new Browser(Files.createDirectory(folder.resolve("pair")));
        TrainerProcess trainer =
            TrainerProcess.start(Files.createDirectory(folder.resolve("live")), arguments)) {
      open(browser, trainer, 2);
      await(browser, "document.getElementById('figure-timeline').hidden === false");
      await(browser, drawn("learned"));
      await(browser, drawn("accuracy"));
      pictures.put("live-page", browser.picture());
      show(browser, "panel-suspects");
      await(browser, "document.querySelectorAll('.suspect').length === 48");
      await(
          browser, "[...document.querySelectorAll('.suspect canvas')].every(c => c.width === 28)");
      pictures.put("suspects", browser.picture("#panel-suspects"));
      show(browser, "panel-heat-map");
      pictures.put("gradients", browser.picture("#panel-heat-map"));
      assertThat(browser.errors()).isEmpty();
    }
    check(pictures);
  }

  @Test
  void showTheValidationOfSharedStructure() throws Exception {
    Map<String, byte[]> pictures = new TreeMap<>();
    try (Browser browser = new Browser(Files.createDirectory(folder.resolve("one")));
        TrainerProcess trainer =
            TrainerProcess.start(
                Files.createDirectory(folder.resolve("scored")), "train", digits().toString())) {
      open(browser, trainer, 1);
      show(browser, "panel-svalidation");
      pictures.put("s-validation", browser.picture("#panel-svalidation"));
      assertThat(browser.errors()).isEmpty();
    }
    check(pictures);
  }

  /** Opens the page once the runs are over. */
  private static void open(Browser browser, TrainerProcess trainer, int runs) throws Exception {
    browser.emulate(WIDTH, HEIGHT, SHARPNESS, "light", "reduce");
    browser.open(URI.create("http://127.0.0.1:%d/".formatted(trainer.port())));
    Poll.until(
        TRAINING,
        () -> {
          assertThat(trainer.lines()).noneMatch(line -> line.startsWith("A run failed"));
          return browser.eval("document.querySelectorAll('.state[data-state=completed]').length");
        },
        completed -> completed.equals((long) runs));
    assertThat(browser.text("main")).doesNotContain("127.0.0.1", folder.toString());
  }

  private static void show(Browser browser, String panel) throws Exception {
    browser.eval("document.getElementById('panels').scrollIntoView()");
    await(browser, "document.getElementById('%s').hidden === false".formatted(panel));
    browser.eval("document.getElementById('%s').scrollIntoView()".formatted(panel));
  }

  private static void await(Browser browser, String expression) throws Exception {
    Poll.until(DRAWING, () -> browser.eval(expression), Boolean.TRUE::equals);
  }

  private static String drawn(String figure) {
    return "(Chart.getChart(document.querySelector('#figure-%s canvas'))?.data.datasets ?? [])"
            .formatted(figure)
        + ".filter(({data}) => data.length > 2).length >= 2";
  }

  private static void check(Map<String, byte[]> pictures) throws IOException {
    for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
      String name = picture.getKey();
      byte[] indexed = IndexedPng.of(picture.getValue());
      Path kept = PICTURES.resolve(name + ".png");
      if (WRITE) {
        Files.createDirectories(PICTURES);
        Files.write(kept, indexed);
      }
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(indexed));
      assertThat(image.getWidth()).as(name).isBetween(1000, (int) (WIDTH * SHARPNESS));
      assertThat(indexed.length).as("bytes of " + name).isLessThanOrEqualTo(LARGEST);
      if (Files.exists(kept)) {
        assertThat(Files.size(kept)).as("bytes of " + kept).isLessThanOrEqualTo(LARGEST);
      }
    }
  }
}
