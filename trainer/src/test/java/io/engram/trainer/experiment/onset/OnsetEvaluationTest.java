package io.engram.trainer.experiment.onset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnsetEvaluationTest {
  private static final DataLocations NOWHERE = new DataLocations(List.of(), Path.of("none"));

  @TempDir Path folder;

  /** Collects what is said and stops everything before the run of a number, as a kill would. */
  private static final class Killing implements Progress {
    private final long before;
    private final List<String> said = new ArrayList<>();

    Killing(long before) {
      this.before = before;
    }

    @Override
    public void at(String what, long done, long total) {
      if (done == before) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void say(String line) {
      said.add(line);
    }
  }

  private List<Path> series() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("series"))) {
      return files.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
    }
  }

  @Test
  void theTinyGridIsTrainedInPiecesAndJudged() throws IOException {
    assertThatThrownBy(() -> new OnsetEvaluation("tiny", folder, new Killing(2)).train(8, NOWHERE))
        .hasMessage("killed");
    List<Path> first = series();
    assertThat(first).hasSize(2);
    Files.writeString(folder.resolve("series").resolve("half.series.gz.part"), "half written");
    byte[] kept = Files.readAllBytes(first.get(0));
    Files.write(first.get(1), new byte[] {1, 2, 3});

    Killing telling = new Killing(-1);
    OnsetEvaluation evaluation = new OnsetEvaluation("tiny", folder, telling);
    evaluation.train(8, NOWHERE);

    assertThat(telling.said).anyMatch(line -> line.contains("is trained again"));
    assertThat(telling.said).contains("1 of 8 runs are there");
    assertThat(series()).hasSize(8);
    assertThat(first.get(0)).hasBinaryContent(kept);

    OnsetEvaluation.Findings findings = evaluation.judge(8);
    assertRight(findings);
    assertThat(new OnsetEvaluation("tiny", folder, Progress.NONE).judge(8).summary())
        .as("judged once more")
        .isEqualTo(findings.summary());
    assertThat(new OnsetEvaluation("tiny", folder, Progress.NONE).judge(3).summary().get("runs"))
        .hasToString("3");
    assertThatDamageIsLeftOut(series().get(3));
  }

  private static void assertRight(OnsetEvaluation.Findings findings) {
    assertThat(findings.summary().get("runs").asInt()).isEqualTo(8);
    assertThat(findings.summary().get("judged").asInt()).isEqualTo(4);
    JsonNode conditions = findings.summary().get("conditions");
    assertThat(conditions).hasSize(4);
    for (JsonNode condition : conditions) {
      boolean noisy = condition.get("expect").asText().equals("onset");
      assertThat(condition.get("memorized").asInt())
          .as("%s", condition)
          .isEqualTo(noisy ? condition.get("runs").asInt() : 0);
      if (!noisy) {
        assertThat(condition.get("holdout").get("raised").asInt()).isZero();
      } else if (condition.get("canaries").asInt() > 0) {
        assertThat(condition.get("no_holdout").get("raised").asInt()).isEqualTo(1);
      }
    }
    assertThat(findings.summary().get("detectors").size()).isGreaterThan(4);
    assertThat(findings.report().tables())
        .extracting(Table::name)
        .contains(
            "onset-canaries",
            "false-alarms-no-canaries",
            "conditions-onset",
            "scores",
            "runs",
            "alarms");
    assertThat(findings.report().figures()).isNotEmpty();
    assertThat(findings.report().notes().get(0)).contains("4 runs of the fixing half");
  }

  private void assertThatDamageIsLeftOut(Path file) throws IOException {
    Files.write(file, new byte[] {4, 5, 6});
    Killing telling = new Killing(-1);

    OnsetEvaluation.Findings findings = new OnsetEvaluation("tiny", folder, telling).judge(8);

    assertThat(findings.summary().get("runs").asInt()).isEqualTo(7);
    assertThat(telling.said).anyMatch(line -> line.contains("is left out"));
  }

  @Test
  void whereNothingIsThereNothingIsJudged() {
    assertThatThrownBy(() -> new OnsetEvaluation("tiny", folder, Progress.NONE).judge(8))
        .hasMessage("--out: holds no run of grid tiny yet");
  }
}
