package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.LivePage;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.OnsetAction;
import io.engram.events.OnsetAnswered;
import io.engram.events.wire.EventAddresses;
import io.engram.events.wire.OnsetJson;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says of a run that memorizes, of one that does not, and of one it cannot tell. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class OnsetPageTest {
  private static final int STEPS = 12 * SyntheticRun.STEPS_PER_EPOCH;

  @RegisterExtension static final LivePage PAGE = new LivePage();

  private static String banner(String run) {
    return "[aria-label=\"Run " + run + "\"] .onset";
  }

  private static String says(String run, String words) {
    return "document.querySelector('%s')?.innerText.includes('%s')".formatted(banner(run), words);
  }

  @ParameterizedTest
  @CsvSource({"1440, 1500, light", "1440, 1500, dark", "360, 2700, light"})
  void saysWhatTheDetectorsSay(int width, int height, String scheme, Vertx vertx)
      throws IOException {
    TestCollector collector = TestCollector.start(vertx);
    SyntheticRun noisy = new SyntheticRun("noisy", 0.4, "dense0").withMonitoring(true);
    vertx
        .eventBus()
        .<JsonObject>consumer(
            EventAddresses.onset(noisy.run()),
            message -> message.reply(OnsetJson.of(new OnsetAnswered(OnsetAction.PAUSE, 123))));
    PAGE.browser().emulate(width, height, scheme);
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await("document.getElementById('empty').hidden === false");

    for (SyntheticRun run :
        List.of(
            noisy,
            new SyntheticRun("clean", 0, "dense0").withMonitoring(false),
            new SyntheticRun("unwatched", 0, "dense0"))) {
      collector.showPixels(run);
      collector.train(run, STEPS);
    }

    String raised = "document.querySelector('" + banner("noisy") + "')?.dataset";
    PAGE.browser().await(raised + "?.level === 'raised'");
    PAGE.browser()
        .await("document.querySelector('" + banner("noisy") + "').innerText.includes('paused')");
    PAGE.browser().await(says("clean", "No sign of memorizing"));
    PAGE.browser().await(says("unwatched", "Not watched for memorization yet"));
    long step = collector.onsetStep("noisy");
    assertThat(PAGE.browser().text(banner("noisy")))
        .contains("since step " + step, "onset: step " + step, "Decided by", "Step 123.");
    assertThat(PAGE.browser().text(banner("clean")))
        .contains("No sign of memorizing", "onset: quiet");
    assertThat(PAGE.browser().text(banner("unwatched")))
        .contains("Not watched for memorization yet", "No look at its predictions");
    assertThat(PAGE.browser().eval("document.querySelector('" + banner("noisy") + "').role"))
        .isEqualTo("status");
    PAGE.browser().await(annotation("learned") + ".some((mark) => mark.run === 'noisy')");
    assertThat(
            PAGE.browser().eval(annotation("learned") + ".every((mark) => mark.run === 'noisy')"))
        .isEqualTo(true);
    assertThat(
            PAGE.browser()
                .eval(
                    annotation("learned")
                        + ".find((mark) => mark.channel === 'onset').x * "
                        + SyntheticRun.STEPS_PER_EPOCH))
        .isEqualTo(step);
    assertThat(PAGE.browser().eval("document.querySelector('#figure-timeline canvas').ariaLabel"))
        .asString()
        .contains("noisy: warning raised at step ", "onset raised at step " + step + " (epoch ")
        .contains("clean: warning quiet, onset quiet")
        .doesNotContain("unwatched");
    PAGE.browser().keepPicture("onset-" + width + "-" + scheme);
    PAGE.browser().eval("document.getElementById('panels').scrollIntoView()");
    PAGE.browser().await("document.querySelectorAll('.detectors tbody tr').length >= 2");
    assertThat(PAGE.browser().text(".detectors")).contains("canary rank", "raised at step");
    assertThat((Long) PAGE.browser().eval("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    PAGE.browser().keepPicture("detectors-" + width + "-" + scheme);
  }

  private static String annotation(String figure) {
    return "(Chart.getChart(document.querySelector('#figure-"
        + figure
        + " canvas')).$onsets ?? [])";
  }
}
