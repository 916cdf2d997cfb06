package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser for all tests of a class. After each it must not have left an error in its console, nor
 * asked another host for anything.
 */
public final class LivePage implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private Browser browser;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    browser = new Browser(Files.createTempDirectory("engram-browser"));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(browser.errors()).as("console and foreign requests").isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      browser.close();
    }
  }

  public Browser browser() {
    return browser;
  }

  /** Number of points of a run's first line in a figure, as JavaScript. */
  public static String points(String figure, String run) {
    return "(" + lines(figure, run) + "[0]?.data.length ?? 0)";
  }

  /** The lines of a run in a figure, as JavaScript. */
  public static String lines(String figure, String run) {
    return "(Chart.getChart(document.querySelector('#figure-%s canvas'))?.data.datasets ?? [])"
            .formatted(figure)
        + ".filter((line) => line.run === '%s')".formatted(run);
  }
}
