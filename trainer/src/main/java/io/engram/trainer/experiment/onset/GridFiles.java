package io.engram.trainer.experiment.onset;

import io.engram.trainer.experiment.grid.RunTemplate;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.RunSpec;
import io.engram.trainer.spec.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Reads grids and lays out their runs. */
final class GridFiles {
  /** Grids that can be called by name, in {@code /grids} on the class path. */
  static final List<String> SHIPPED = List.of("tiny", "small", "full", "fresh");

  private static final long ORDER = 20_261_121;

  private GridFiles() {}

  /**
   * @param nameOrPath a shipped grid's name, or a file that ends in .yaml or .yml
   * @throws InvalidSettingException if there is no such grid or something in it cannot be
   */
  static Grid read(String nameOrPath) {
    return StrictYaml.read(nameOrPath, text(nameOrPath), Grid.class);
  }

  private static String text(String nameOrPath) {
    if (nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml")) {
      try {
        return Files.readString(Path.of(nameOrPath));
      } catch (IOException e) {
        throw new InvalidSettingException(
            "--grid", "cannot read the grid file %s".formatted(nameOrPath));
      }
    }
    try (InputStream in = GridFiles.class.getResourceAsStream("/grids/" + nameOrPath + ".yaml")) {
      if (in == null) {
        throw new InvalidSettingException(
            "--grid",
            "there is no shipped grid '%s'; name one of %s or a file that ends in .yaml"
                .formatted(nameOrPath, String.join(", ", SHIPPED)));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All runs, in an order drawn once for all grids, so that the first of them are a fair sample of
   * the conditions.
   *
   * @throws InvalidSettingException if a run cannot be as asked for
   */
  static List<PlannedRun> plan(Grid grid) {
    List<PlannedRun> runs = new ArrayList<>();
    for (Grid.Entry entry : grid.conditions()) {
      for (String data : entry.data()) {
        for (int canaries : entry.canaries()) {
          addRuns(grid, entry, new Condition(entry.name(), data, canaries, entry.expect()), runs);
        }
      }
    }
    shuffle(runs);
    return List.copyOf(runs);
  }

  private static void addRuns(
      Grid grid, Grid.Entry entry, Condition condition, List<PlannedRun> runs) {
    Grid.Seeds seeds = entry.seeds() == null ? grid.seeds() : entry.seeds();
    for (int i = 0; i < seeds.fixed() + seeds.judged(); i++) {
      boolean first = i < seeds.fixed();
      if (!first || grid.fixedOn().contains(condition.data())) {
        int seed = seeds.first() + i;
        Half half = first ? Half.FIXED : Half.JUDGED;
        runs.add(new PlannedRun(condition, seed, half, spec(grid, entry, condition, seed)));
      }
    }
  }

  private static RunSpec spec(Grid grid, Grid.Entry entry, Condition condition, int seed) {
    RunTemplate template =
        new RunTemplate(grid.run())
            .with(grid.data().get(condition.data()))
            .with(entry.settings())
            .with("canaries.count=" + condition.canaries())
            .with("training.seed=" + seed);
    try {
      return template.run("onset");
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(condition.name(), String.valueOf(e.getMessage()));
    }
  }

  private static void shuffle(List<PlannedRun> runs) {
    Random random = new Random(ORDER);
    for (int i = runs.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      PlannedRun run = runs.get(i);
      runs.set(i, runs.get(j));
      runs.set(j, run);
    }
  }
}
