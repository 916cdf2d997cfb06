package io.engram.trainer.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.RunFinished.Outcome;
import io.engram.events.Split;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Progress;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.training.EventSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With runs that take as long as the test says. */
class PaperRunTest {
  private static final DataLocations NOWHERE = new DataLocations(List.of(), Path.of("none"));
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> trained = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private String failing = "";

  private final Progress progress =
      new Progress() {
        @Override
        public void at(String what, long done, long total) {}

        @Override
        public void say(String line) {
          said.add(line);
        }
      };

  private final class Trainer implements CellTrainer {
    private static final double WORK = 1e11;

    private final Outcome outcome;
    private final long seconds;

    /**
     * @param seconds of each run; 0 where a run takes what it costs
     */
    Trainer(Outcome outcome, long seconds) {
      this.outcome = outcome;
      this.seconds = seconds;
    }

    @Override
    public RunFinished train(Cell cell, boolean goOn, EventSink observer) {
      trained.add(cell.study());
      nanos.addAndGet(
          seconds > 0 ? seconds * SECOND : Math.round(Cost.of(cell.spec()) / WORK * SECOND));
      RunFinished end = new RunFinished(outcome, "by the test");
      observer.emit(
          1,
          10,
          new EpochCompleted(
              List.of(
                  new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 10, 10, 1),
                  new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, 10, 9, 1)),
              1));
      observer.emit(1, 10, end);
      return end;
    }
  }

  /** Says nothing. */
  private final class Named implements Experiment {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String description() {
      return "";
    }

    @Override
    public List<Parameter> parameters() {
      return Studies.all().values().stream()
          .filter(study -> name.equals(study.experiment()))
          .flatMap(study -> study.scales().values().stream())
          .flatMap(scale -> scale.settings().keySet().stream())
          .distinct()
          .map(setting -> Parameter.choices(setting, words(setting), words(setting), ""))
          .toList();
    }

    private static List<String> words(String setting) {
      return Studies.all().values().stream()
          .flatMap(study -> study.scales().values().stream())
          .flatMap(scale -> Stream.ofNullable(scale.settings().get(setting)))
          .flatMap(value -> Stream.of(value.split(",")))
          .distinct()
          .toList();
    }

    @Override
    public Report run(ExperimentContext context) {
      if (name.equals(failing)) {
        throw new InvalidSettingException("training", "is 2, must be 1");
      }
      trained.add(name);
      return new Report(name, List.of(), List.of(), List.of(), List.of());
    }
  }

  private List<String> run(@Nullable Duration budget, CellTrainer trainer) {
    List<Experiment> experiments =
        Stream.of("easy-hard", "loss-sensitivity", "s-validation", "filters", "discarding")
            .<Experiment>map(Named::new)
            .toList();
    return paperRun(budget, 1)
        .train(() -> new FolderWorker("small", folder, NOWHERE, experiments, trainer));
  }

  private PaperRun paperRun(@Nullable Duration budget, int workers) {
    return new PaperRun(
        new PaperRun.Options("small", budget, workers, folder), NOWHERE, progress, nanos::get);
  }

  @Test
  void theCoreIsRunWhateverTheBudgetAndNothingElseBeginsAfterIt() {
    run(Duration.ofSeconds(10), new Trainer(Outcome.COMPLETED, 1));

    assertThat(trained)
        .containsOnly(
            "easy-hard",
            "loss-sensitivity",
            "s-validation",
            "time-to-convergence-size",
            "noise-levels");
    assertThat(trained).filteredOn("noise-levels"::equals).hasSize(24);
    assertThat(trained).filteredOn("time-to-convergence-size"::equals).hasSize(48);
    assertThat(trained).filteredOn("s-validation"::equals).hasSize(1);
  }

  @Test
  void whatIsDoneIsNotRunAgainAndTheRestGoesOn() {
    run(Duration.ofSeconds(10), new Trainer(Outcome.COMPLETED, 1));
    int core = trained.size();
    trained.clear();

    run(null, new Trainer(Outcome.COMPLETED, 1));

    assertThat(said).anyMatch(line -> line.startsWith("%d of".formatted(core)));
    assertThat(trained).contains("capacity", "regularizers").doesNotContain("noise-levels");
    trained.clear();
    run(null, new Trainer(Outcome.COMPLETED, 1));
    assertThat(trained).isEmpty();
  }

  @Test
  void inWhatIsLeftStudiesThatFitAreRunTheCheapestFirst() {
    run(Duration.ofSeconds(0), new Trainer(Outcome.COMPLETED, 1));
    trained.clear();
    nanos.set(0);

    run(Duration.ofSeconds(120), new Trainer(Outcome.COMPLETED, 0));

    assertThat(trained.subList(0, 3))
        .as("one of each, to learn what it costs")
        .containsExactlyInAnyOrder("capacity", "time-to-convergence-width", "regularizers");
    assertThat(nanos.get()).as("no run begins after it").isLessThan(130 * SECOND);
    assertThat(trained).filteredOn("time-to-convergence-width"::equals).hasSize(27);
    assertThat(trained).filteredOn("regularizers"::equals).hasSizeLessThan(150);
  }

  @Test
  void additionsToThePapersAreRunAfterEverythingElse() {
    run(Duration.ofHours(1_000), new Trainer(Outcome.COMPLETED, 0));

    List<String> additions = List.of("discarding", "effective-capacity");
    int first = additions.stream().mapToInt(trained::indexOf).min().orElseThrow();
    assertThat(trained).containsAll(additions).contains("regularizers", "filters");
    assertThat(trained.subList(first, trained.size()))
        .containsOnly("discarding", "effective-capacity", "s-validation");
  }

  @Test
  void aRunThatDidNotEndIsToldAndRunAgainNextTime() {
    run(Duration.ofSeconds(10), new Trainer(Outcome.STOPPED, 1));

    assertThat(said).anyMatch(line -> line.contains("did not end (STOPPED): by the test"));
    trained.clear();
    run(Duration.ofSeconds(10), new Trainer(Outcome.COMPLETED, 1));
    assertThat(trained).filteredOn("noise-levels"::equals).hasSize(24);
  }

  @Test
  void aStudyThatFailsIsToldAndTheOthersGoOn() {
    failing = "loss-sensitivity";
    List<String> unended = run(Duration.ofSeconds(10), new Trainer(Outcome.COMPLETED, 1));

    assertThat(unended).containsExactly("loss-sensitivity");
    assertThat(said)
        .anyMatch(
            line ->
                line.startsWith("loss-sensitivity did not end: ")
                    && line.endsWith("training: is 2, must be 1"));
    assertThat(trained).contains("s-validation", "noise-levels");

    failing = "";
    assertThat(run(Duration.ofSeconds(10), new Trainer(Outcome.COMPLETED, 1))).isEmpty();
    assertThat(trained).contains("loss-sensitivity");
  }

  @Test
  void whatAnotherProcessIsAtIsAskedForAgainAndTheOthersDoNotWait() {
    List<String> asked = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    paperRun(Duration.ZERO, 1)
        .train(
            () ->
                (task, lines) -> {
                  asked.add(task);
                  return !task.equals("easy-hard") || !taken.add(task);
                });

    assertThat(asked).filteredOn("easy-hard"::equals).hasSize(2);
    assertThat(asked.get(0)).isEqualTo("easy-hard");
    assertThat(asked.get(asked.size() - 1)).isEqualTo("easy-hard");
  }

  @Test
  void workersAreAskedForOnceEachAndTakeEveryTaskOnce() {
    Set<Integer> workers = ConcurrentHashMap.newKeySet();
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    paperRun(null, 3)
        .train(
            () -> {
              workers.add(workers.size());
              return (task, lines) -> asked.add(task);
            });

    assertThat(workers).hasSizeBetween(1, 3);
    assertThat(asked).contains("easy-hard", "s-validation-networks").doesNotHaveDuplicates();
  }

  @Test
  void aTaskThatSomebodyIsAtIsNotRun() {
    FolderWorker worker =
        new FolderWorker(
            "small",
            folder,
            NOWHERE,
            List.of(new Named("easy-hard")),
            new Trainer(Outcome.COMPLETED, 1));

    try (TaskLock lock = TaskLock.take(folder, "easy-hard")) {
      assertThat(lock).isNotNull();
      assertThat(worker.run("easy-hard", progress)).isFalse();
    }
    assertThat(trained).isEmpty();
    assertThat(worker.run("easy-hard", progress)).isTrue();
    assertThat(trained).containsExactly("easy-hard");
    assertThat(folder.resolve("claims/easy-hard"))
        .content()
        .isEqualTo(ProcessHandle.current().pid() + "\n");
  }

  @Test
  void anUnknownScaleIsRefused() {
    assertThatThrownBy(
            () ->
                new PaperRun(
                    new PaperRun.Options("huge", null, 1, folder), NOWHERE, progress, nanos::get))
        .hasMessage("--scale: is 'huge', must be small, full, paper or tiny");
  }
}
