package io.engram.trainer.experiment.paper;

import io.engram.events.RunId;
import io.engram.trainer.experiment.grid.SettingsHash;
import io.engram.trainer.spec.RunSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A run of a study.
 *
 * @param study its name
 * @param at the values that make its condition, by the axes' names
 * @param seed which repetition
 * @param spec the run, named by study, condition, seed and settings
 */
public record Cell(String study, Map<String, String> at, int seed, RunSpec spec) {
  private static final int ROOM = 63 - 1 - 8;

  public Cell {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
    spec = named(spec, id(study, at, seed, SettingsHash.of(spec)));
  }

  private static RunId id(String study, Map<String, String> at, int seed, String hash) {
    String words =
        (study + "-" + String.join("-", at.values()) + "-s" + seed)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    return new RunId(words.substring(0, Math.min(ROOM, words.length())) + "-" + hash);
  }

  private static RunSpec named(RunSpec spec, RunId id) {
    return new RunSpec(
        id,
        spec.data(),
        spec.noise(),
        spec.network(),
        spec.optimizer(),
        spec.regularization(),
        spec.training(),
        spec.checkpoints(),
        spec.probes(),
        spec.canaries(),
        spec.onset());
  }

  /** The value on an axis. */
  String at(String axis) {
    String value = at.get(axis);
    if (value == null) {
      throw new IllegalArgumentException("study %s has no axis %s".formatted(study, axis));
    }
    return value;
  }

  /** For a person. */
  @Override
  public String toString() {
    return "%s, %s, seed %d".formatted(study, String.join(" ", at.values()), seed);
  }
}
