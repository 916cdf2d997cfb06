package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.RunFinished.Outcome;
import io.engram.events.access.Access;
import io.engram.trainer.dataset.DataLocations;
import io.engram.trainer.experiment.paper.Cell;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.training.EventSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both papers at the scale that is a check of the machinery: A12 and N12 among them. */
@Timeout(300)
class PapersTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Of all tests: where one worker's report of the tiny scale is, once it was asked for. */
  @TempDir private static Path shared;

  private static boolean ran;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Path byOneWorker() {
    Path out = shared.resolve("papers");
    if (!ran) {
      assertThat(all(out, 1)).as(err::toString).isZero();
      ran = true;
    }
    return out;
  }

  private int all(Path out, int workers) {
    return execute(
        "experiment",
        "all",
        "--scale",
        "tiny",
        "--out",
        out.toString(),
        "--port",
        "0",
        "--workers",
        Integer.toString(workers));
  }

  private int execute(String... arguments) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      return Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void aReportAnswersEveryClaimAndIsTheSameWhenItIsWrittenAgain() throws IOException {
    Path out = byOneWorker();

    List<String> claims = Files.readAllLines(out.resolve("claims.csv"));
    assertThat(claims).hasSize(1 + 29);
    assertThat(claims).anyMatch(row -> row.startsWith("A12,") && !row.endsWith("not run"));
    assertThat(claims).anyMatch(row -> row.startsWith("N12,") && row.contains("centre at epoch"));
    assertThat(claims).anyMatch(row -> row.startsWith("A3,") && row.contains("randY minus"));
    assertThat(claims).anyMatch(row -> row.startsWith("A6,") && row.contains("D randX minus"));
    assertThat(claims)
        .anyMatch(row -> row.startsWith("A16,") && row.contains("and adversarial training"));
    assertThat(claims).anyMatch(row -> row.startsWith("A7,") && row.endsWith("at this scale"));
    String html = Files.readString(out.resolve("report.html"));
    assertThat(html).contains("<svg", "@media print").doesNotContain("src=", "href=\"http");
    assertThat(out.resolve("tables/noise-levels/looks.csv")).isNotEmptyFile();
    for (String addition :
        List.of(
            "discarding/accuracies",
            "effective-capacity/accuracies",
            "s-validation-shuffled-networks/shuffled-networks")) {
      assertThat(out.resolve("tables/" + addition + ".csv")).isNotEmptyFile();
    }
    assertThat(out.resolve("tables/onset-detectors/conditions-onset.csv")).isNotEmptyFile();

    byte[] json = Files.readAllBytes(out.resolve("report.json"));
    Files.delete(out.resolve("report.json"));
    Path table = folder.resolve("table.md");
    assertThat(execute("experiment", "report", out.toString(), "--markdown", table.toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.resolve("report.json")).hasBinaryContent(json);
    assertThat(table).hasSameTextualContentAs(out.resolve("EXPERIMENTS.md"));

    assertThat(execute("experiment", "all", "--scale", "small", "--out", out.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("holds runs of scale tiny");
  }

  @Test
  void twoWorkersOfWhichOneIsKilledFindWhatOneFinds() throws Exception {
    Path out = folder.resolve("apart");
    CompletableFuture<Integer> all = CompletableFuture.supplyAsync(() -> all(out, 2));
    Path killed = killOneAtWork(out, all);
    awaitCompleted(killed.toString(), all);

    assertThat(all.get(5, TimeUnit.MINUTES)).as(err::toString).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("exit code 137; another takes it up");
    assertThat(Files.readString(out.resolve("cells/%s.seconds".formatted(killed))))
        .as("went on from a checkpoint, so that it is not known what a whole run takes")
        .isEqualTo("NaN\n");
    Path alone = byOneWorker();
    for (String file : List.of("report.json", "report.html", "claims.csv")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(alone.resolve(file));
    }
    assertThat(ProcessHandle.current().descendants().filter(PapersTest::isWorker)).isEmpty();
    for (String log : List.of("worker-1.log", "worker-2.log")) {
      assertThat(out.resolve("logs").resolve(log))
          .content()
          .doesNotContain("the collector refused");
    }
  }

  /** Until the page shows that a run is over. */
  private void awaitCompleted(String run, CompletableFuture<?> until) throws Exception {
    Matcher at = Pattern.compile("http://[0-9.:]+/").matcher(said.toString(StandardCharsets.UTF_8));
    assertThat(at.find()).isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(at.group()).resolve("api/v1/runs/" + run)).build();
    HttpClient client = HttpClient.newHttpClient();
    while (!client
        .send(request, BodyHandlers.ofString())
        .body()
        .contains("\"state\":\"completed\"")) {
      assertThat(until).as("the command, while the page does not show %s", run).isNotDone();
      LockSupport.parkNanos(100_000_000);
    }
  }

  /** Kills the process that trains a run of which there is a checkpoint. */
  private static Path killOneAtWork(Path out, CompletableFuture<?> until) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end && !until.isDone()) {
      for (Path part : partsOf(out.resolve("cells"))) {
        Path run = Path.of(part.getFileName().toString().replace(".part.gz", ""));
        long pid = Long.parseLong(Files.readString(out.resolve("claims").resolve(run)).strip());
        if (ProcessHandle.of(pid).orElseThrow().destroyForcibly()) {
          return run;
        }
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("no run left a checkpoint within " + LIMIT);
  }

  private static List<Path> partsOf(Path cells) throws IOException {
    if (!Files.isDirectory(cells)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cells)) {
      return files.filter(file -> file.toString().endsWith(".part.gz")).toList();
    }
  }

  private static boolean isWorker(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("experiment worker");
  }

  @Test
  void aBudgetThatIsNoTimeIsRefused() {
    assertThat(execute("experiment", "all", "--scale", "tiny", "--out", "x", "--budget", "soon"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--budget: is 'soon', must be a time");
  }

  @Test
  void aRunThatIsShutDownGoesOnFromItsCheckpoint() {
    Cell cell =
        new Cell(
            "study",
            Map.of("noise", "real"),
            1,
            RunFiles.parse(
                "cell",
                """
                data: {name: glyphs, training: 200, validation: 50}
                network: mlp:784-16-10
                training: {epochs: 40, batch: 20}
                onset: {keep_before: false}
                """,
                List.of()));
    Outcome first;
    try (TrainingSystem system = start("first")) {
      EventSink closing =
          (epoch, step, event) -> {
            if (step == 50) {
              new Thread(system::close).start();
            }
          };
      first = runs(system).train(cell, false, closing).outcome();
    }
    long[] earliest = {Long.MAX_VALUE};
    Outcome second;
    try (TrainingSystem system = start("second")) {
      second =
          runs(system)
              .train(cell, true, (epoch, step, event) -> earliest[0] = Math.min(earliest[0], step))
              .outcome();
    }

    assertThat(first).isEqualTo(Outcome.STOPPED);
    assertThat(second).isEqualTo(Outcome.COMPLETED);
    assertThat(earliest[0]).isGreaterThanOrEqualTo(50);
    assertThat(folder.resolve("state/checkpoints/" + cell.spec().run())).doesNotExist();
  }

  private TrainingSystem start(String name) {
    return EmbeddedSystem.start("127.0.0.1", 0, Access.OPEN, folder.resolve(name));
  }

  private CellRuns runs(TrainingSystem system) {
    return new CellRuns(
        system, folder.resolve("state"), new DataLocations(List.of(), Path.of("none")));
  }
}
