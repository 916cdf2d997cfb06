package io.engram.trainer.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed with SIGKILL, both ends of the bus, in random order and at random moments,
 * their starts included. {@code -Dengram.kills=N} asks for more than 20 of the real trainer and its
 * collector, {@code -Dengram.lightKills=N} for more than 200 of trainers that make their events up,
 * three at once, and theirs; {@code -Dengram.seed=N} for others.
 */
@Timeout(14_400)
class KillTest {
  private static final int KILLS = Integer.getInteger("engram.kills", 20);
  private static final int LIGHT_KILLS = Integer.getInteger("engram.lightKills", 200);
  private static final long SEED = Long.getLong("engram.seed", 1);

  @TempDir Path folder;

  @Test
  void aRunOfWhichBothEndsAreKilledIsOneThatNeverWas() throws Exception {
    count(KILLS, new Kills(folder, SEED, this::engram, 1, 2_000));
  }

  @Test
  void soIsOneOfATrainerThatTrainsNothing() throws Exception {
    count(LIGHT_KILLS, new Kills(folder, SEED, this::light, 3, 600));
  }

  private static void count(int times, Kills kills) throws Exception {
    try (kills) {
      kills.kill(times);
      System.out.println("Counted: " + kills);
    }
  }

  /** Without the probes that are answered by workers, now a few steps later and now more. */
  private List<String> engram(String run, List<String> cluster) throws IOException {
    Path file = folder.resolve(run + ".yaml");
    Files.writeString(
        file,
        """
        data: {name: glyphs, training: 500, validation: 100}
        noise: {labels: {share: 0.4}}
        network: mlp:784-32-10
        training: {epochs: 500, batch: 50}
        checkpoints: {every_epochs: 5}
        probes:
          csr: {every: never}
          spectrum: {every: never}
        """);
    List<String> command = new ArrayList<>(List.of("io.engram.trainer.Main"));
    command.addAll(List.of("train", file.toString(), "--resume", "--port", "0", "--exit"));
    command.addAll(List.of("--state-dir", folder.resolve("trainer/state").toString()));
    command.addAll(cluster);
    return command;
  }

  private List<String> light(String run, List<String> cluster) {
    return LightTrainer.command(folder, run, LightTrainer.Pace.SHORT, cluster);
  }
}
