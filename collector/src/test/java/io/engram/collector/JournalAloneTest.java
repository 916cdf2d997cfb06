package io.engram.collector;

import static io.engram.collector.LivePage.lines;
import static io.engram.collector.LivePage.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.EventBatch;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A finished run, of which the collector has nothing but its journal. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class JournalAloneTest {
  @RegisterExtension static final LivePage PAGE = new LivePage();

  @TempDir Path dir;

  @Test
  void everythingIsShownAndTheBranchThatWasLeftIsDashed(Vertx vertx, Vertx other)
      throws IOException {
    TestCollector before = start(vertx);
    for (EventBatch batch : ResumedRun.batches("alpha")) {
      before.send(Parcels.of(batch));
    }
    Map<String, String> live = answers(before);
    before.stop();
    assertThat(dir.resolve("alpha.snapshot")).exists();
    assertThat(dir.resolve("checkpoints").resolve("alpha")).isNotEmptyDirectory();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getParent().endsWith("journal")) {
          Files.delete(file);
        }
      }
    }

    TestCollector after = start(other);

    assertThat(answers(after)).isEqualTo(live);
    PAGE.browser().emulate(1440, 1500, "light");
    PAGE.browser().open(after.uri("/"));
    PAGE.browser().await(points("loss", "alpha") + " >= " + (ResumedRun.END - 1));
    String left = lines("%s", "alpha") + ".filter((line) => line.left)";
    for (String figure : List.of("loss", "gradient")) {
      PAGE.browser().await(left.formatted(figure) + ".length === 1");
      assertThat(PAGE.browser().eval(left.formatted(figure) + "[0].data.length"))
          .isEqualTo((long) ResumedRun.KILLED - ResumedRun.CHECKPOINT);
      assertThat(PAGE.browser().eval(left.formatted(figure) + "[0].borderDash.join(' ')"))
          .isEqualTo("3 3");
    }
    assertThat(PAGE.browser().eval(left.formatted("learned") + ".length")).isEqualTo(2L);
    assertThat(PAGE.browser().eval("String(%s[0].data[0].x)".formatted(left.formatted("loss"))))
        .as("in epochs")
        .isEqualTo(String.valueOf(ResumedRun.CHECKPOINT / SyntheticRun.STEPS_PER_EPOCH));
    assertThat(PAGE.browser().text("[aria-label=\"Run alpha\"]"))
        .containsIgnoringCase("completed")
        .contains("17 steps done again");
    PAGE.browser().keepPicture("left-branch");
    PAGE.browser().open(after.uri("/?view=apart"));
    PAGE.browser().await("document.querySelectorAll('#figure-loss canvas')[1]?.hidden === false");
    PAGE.browser().keepPicture("left-branch-apart");
  }

  private TestCollector start(Vertx vertx) {
    return TestCollector.start(
        vertx,
        new JsonObject()
            .put("stateDir", dir.toString())
            .put("journal", true)
            .put("saveIntervalSeconds", 3_600));
  }

  private static Map<String, String> answers(TestCollector collector) {
    List<Object> names = collector.getJson("/api/v1/runs/alpha").getJsonArray("series").getList();
    String all = names.stream().map(name -> "&name=" + name).collect(Collectors.joining());
    Map<String, String> answers = new TreeMap<>();
    for (String path :
        List.of(
            "",
            "/alpha",
            "/alpha/series?points=5000" + all,
            "/alpha/branches",
            "/alpha/examples?order=suspect&limit=1000",
            "/alpha/data-map?points=2000",
            "/alpha/onset",
            "/alpha/svalidation",
            "/alpha/critical-samples",
            "/alpha/sensitivity")) {
      var answer = collector.get("/api/v1/runs" + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      answers.put(path, answer.body());
    }
    answers.put(
        "metrics",
        collector
            .get("/metrics")
            .body()
            .lines()
            .filter(line -> line.contains("run=\"alpha\""))
            .collect(Collectors.joining("\n")));
    return answers;
  }
}
