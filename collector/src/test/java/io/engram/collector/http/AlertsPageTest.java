package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.Browser;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts on the live page, and the runbook that they lead to. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class AlertsPageTest {
  /** Nothing fades in any more. */
  private static final String SETTLED =
      "document.getAnimations().every((one) => one.animationName !== 'alert-appears')";

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
  @CsvSource({"1440, 1100, light", "1440, 1100, dark", "360, 1400, light"})
  void comeAndGo(int width, int height, String scheme, Vertx vertx) throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    collector.train(new SyntheticRun("a", 0.4, "dense0"), SyntheticRun.STEPS_PER_EPOCH);
    browser.emulate(width, height, scheme);
    browser.open(collector.uri("/"));
    browser.await("document.querySelectorAll('.run').length === 1");
    assertThat(browser.eval("document.getElementById('alerts').hidden")).isEqualTo(true);

    JsonObject onset = Webhook.onset("a");
    onset
        .getJsonObject("annotations")
        .put("runbook_url", collector.uri("/runbook#memorizationonset").toString());
    JsonObject rising = Webhook.alert("CriticalSampleRatioRising", "info", "a");
    JsonObject stalled = Webhook.alert("TrainingStalled", "warning", "b");
    Webhook.send(collector, Webhook.message(rising, stalled, onset).encode());

    browser.await("document.querySelectorAll('.alert').length === 3");
    assertThat(browser.text(".alert"))
        .containsIgnoringCase("critical")
        .contains("MemorizationOnset", "a", "The network has begun to memorize.", "for ");
    assertThat(browser.eval("document.querySelector('.alert time').dateTime"))
        .isEqualTo("2026-11-21T11:00:00.123Z");
    assertThat(browser.eval("document.querySelectorAll('.alert')[1].dataset.severity"))
        .isEqualTo("warning");
    assertThat(browser.eval("document.querySelectorAll('.alert-runbook').length")).isEqualTo(1L);
    assertThat((Long) browser.eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    browser.await(SETTLED);
    browser.keepPicture("alerts-" + width + "-" + scheme);

    onset.put("status", "resolved");
    Webhook.send(collector, Webhook.message(onset, stalled).encode());
    browser.await("document.querySelectorAll('.alert').length === 1");
    assertThat(browser.text(".alerts-past summary")).isEqualTo("2 alerts ended in the last hour");
    browser.click(".alerts-past summary");
    assertThat(browser.text(".alerts-ended"))
        .contains("MemorizationOnset", "resolved", "CriticalSampleRatioRising", "graver alert");
    browser.await(SETTLED);
    browser.keepPicture("alerts-ended-" + width + "-" + scheme);

    browser.open(collector.uri("/runbook#memorizationonset"));
    assertThat(browser.text("h2:target")).isEqualTo("MemorizationOnset");
    assertThat((Long) browser.eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    browser.keepPicture("runbook-" + width + "-" + scheme);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aRowThatDoesNotChangeStaysWhereItIs(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    browser.emulate(1440, 900, "light");
    browser.open(collector.uri("/"));
    JsonObject stalled = Webhook.alert("TrainingStalled", "warning", "b");
    Webhook.send(collector, Webhook.message(stalled).encode());
    browser.await("document.querySelectorAll('.alert').length === 1");
    browser.eval("document.querySelector('.alert').mark = 'same'");

    Webhook.send(collector, Webhook.message(stalled, Webhook.onset("a")).encode());

    browser.await("document.querySelectorAll('.alert').length === 2");
    assertThat(browser.eval("document.querySelectorAll('.alert')[1].mark")).isEqualTo("same");
  }

  @Test
  void wordsFromOutsideAreNoMarkupAndRunNoScript(Vertx vertx) {
    TestCollector collector = TestCollector.start(vertx);
    browser.emulate(1440, 900, "light");
    browser.open(collector.uri("/"));
    String hostile = "<img src=x onerror=\"window.broken=1\">&\"'</script>";
    JsonObject alert = Webhook.alert(hostile, hostile, hostile);
    alert
        .put("fingerprint", hostile)
        .put(
            "annotations",
            new JsonObject()
                .put("summary", hostile)
                .put("description", hostile)
                .put("runbook_url", "javascript:window.broken=1"));
    JsonObject link = Webhook.onset("a");
    link.getJsonObject("annotations")
        .put("runbook_url", "http://127.0.0.1/\"onclick=\"window.broken=1");
    JsonObject over = Webhook.alert(hostile, "info", hostile).put("status", "resolved");

    Webhook.send(collector, Webhook.message(alert, link, over).encode());

    browser.await("document.querySelectorAll('.alert').length === 2");
    browser.eval("document.querySelector('.alerts-past summary').click()");
    assertThat(browser.text(".alerts-ended")).contains("onerror");
    assertThat(browser.text("#alerts")).contains("window.broken");
    assertThat(browser.eval("document.querySelectorAll('main img, main script').length"))
        .isEqualTo(0L);
    assertThat(browser.eval("document.querySelectorAll('#alerts a').length")).isEqualTo(0L);
    assertThat(browser.eval("window.broken")).isNull();
    assertThat(browser.errors()).isEmpty();
  }
}
