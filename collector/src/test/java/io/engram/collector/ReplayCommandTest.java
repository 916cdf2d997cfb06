package io.engram.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.wire.EventParcel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the journal says when the collector is gone. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
final class ReplayCommandTest {
  private static final int SNAPSHOT_HEADER = 40;

  @TempDir Path dir;

  @BeforeEach
  void train(Vertx vertx) {
    JsonObject config =
        new JsonObject()
            .put("stateDir", dir.resolve("collector").toString())
            .put("journal", true)
            .put("saveIntervalSeconds", 1);
    TestCollector collector = TestCollector.start(vertx, config);
    SyntheticRun run = new SyntheticRun("alpha", 0.4, "dense0").withMonitoring(false);
    collector.send(Parcels.of(run.start()));
    for (int i = 0; i < 3 * SyntheticRun.STEPS_PER_EPOCH; i++) {
      collector.send(Parcels.of(run.step()));
    }
    collector.stop();
  }

  @Test
  void replayGivesTheLiveStateBitForBit() throws IOException {
    Path out = dir.resolve("again");

    String said = run(0, "replay", dir.toString(), "--out", out.toString());

    assertThat(said).contains("alpha: running, 60 steps, 0 redone").contains(" 0 damaged");
    assertThat(state(out)).isEqualTo(state(dir));
  }

  @Test
  void checkSaysWhatIsThereAndWhatIsDamaged() throws IOException {
    assertThat(run(0, "journal", "check", dir.toString()))
        .contains(" 0 damaged, 0 events unreadable")
        .contains("alpha: ");
    Path segment = dir.resolve("collector").resolve("journal").resolve("0000000000000000000.log");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    assertThat(run(1, "journal", "check", dir.toString())).contains(" 1 damaged");

    assertThat(run(1, "replay", dir.toString())).contains(" 1 damaged").contains("59 steps");
  }

  @Test
  void dumpPrintsALineForEachEvent() throws IOException {
    assertThat(run(0, "journal", "dump", dir.toString()).lines())
        .anyMatch(line -> line.matches("\\d+ alpha 1 0 epoch 0 step 0 RunStarted"))
        .filteredOn(line -> line.endsWith("StepCompleted"))
        .hasSize(60);
  }

  @Test
  void compactingChangesNothingOfWhatIsLeftNorOfWhatACollectorKnows(Vertx vertx, Vertx other)
      throws IOException {
    Path live = dir.resolve("collector");
    JsonObject config =
        new JsonObject()
            .put("stateDir", live.toString())
            .put("journal", true)
            .put("saveIntervalSeconds", 3_600);
    TestCollector retiring =
        TestCollector.start(vertx, config.copy().put("runRetentionSeconds", 1));
    Poll.until(() -> Files.exists(live.resolve("retired").resolve("alpha.snapshot")));
    retiring.stop();
    TestCollector collector = TestCollector.start(vertx, config);
    SyntheticRun beta = new SyntheticRun("beta", 0.4, "dense0");
    collector.send(Parcels.of(beta.start()));
    for (int i = 0; i < 45; i++) {
      collector.send(Parcels.of(beta.step()));
    }
    assertThat(run(1, "journal", "compact", dir.toString())).isEmpty();
    Path killed = Parcels.afterAKill(live, dir.resolve("killed"));
    String known = collector.get("/api/v1/runs/beta").body();
    run(0, "replay", killed.toString(), "--out", dir.resolve("before").toString());

    String said = run(0, "journal", "compact", killed.toString());

    assertThat(run(0, "journal", "check", killed.toString())).contains(" 0 damaged");
    assertThat(said).matches("(?s)46 of \\d+ records stay, \\d+ of \\d+ bytes\\R");
    run(0, "replay", killed.toString(), "--out", dir.resolve("after").toString());
    assertThat(state(dir.resolve("after"), "beta")).isEqualTo(state(dir.resolve("before"), "beta"));
    assertThat(dir.resolve("before").resolve("collector").resolve("alpha.snapshot")).exists();
    assertThat(dir.resolve("after").resolve("collector").resolve("alpha.snapshot")).doesNotExist();
    TestCollector after =
        TestCollector.start(other, config.copy().put("stateDir", killed.toString()));
    assertThat(after.get("/api/v1/runs/beta").body()).isEqualTo(known);
    EventParcel next = Parcels.of(beta.step());
    assertThat(after.send(next)).isEqualTo(next.last());
  }

  private static byte[] state(Path dir) throws IOException {
    return state(dir, "alpha");
  }

  private static byte[] state(Path dir, String run) throws IOException {
    byte[] file = Files.readAllBytes(dir.resolve("collector").resolve(run + ".snapshot"));
    return Arrays.copyOfRange(file, SNAPSHOT_HEADER, file.length);
  }

  private static String run(int code, String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.execute(args)).isEqualTo(code);
    } finally {
      System.setOut(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
