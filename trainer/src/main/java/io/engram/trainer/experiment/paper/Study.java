package io.engram.trainer.experiment.paper;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.engram.trainer.spec.InvalidSettingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study file: a grid of runs with the analysis that answers claims by them, or an experiment that
 * makes its own.
 *
 * @param title one line
 * @param figure of the paper that it redraws
 * @param claims ids of the claims that it answers
 * @param core whether it is run whatever the budget
 * @param extra whether it is an addition to the papers, run after everything else
 * @param experiment name of an experiment; null for a grid
 * @param analysis of a grid, by name; null for an experiment
 * @param detectors whether the onset detectors are scored on its runs
 * @param run what all runs of a grid have, as in a run file
 * @param axes of a grid: settings as in a run file, by the name of the value, by that of the axis;
 *     every combination is a condition
 * @param scales sizes, by name
 */
record Study(
    @JsonProperty(required = true) String title,
    @JsonProperty(required = true) String figure,
    @JsonProperty(required = true) List<String> claims,
    @Nullable Boolean core,
    @Nullable Boolean extra,
    @Nullable String experiment,
    @Nullable String analysis,
    @Nullable Boolean detectors,
    @Nullable JsonNode run,
    @Nullable Map<String, Map<String, JsonNode>> axes,
    @JsonProperty(required = true) Map<String, Scale> scales) {

  Study {
    require((experiment == null) != (analysis == null), "analysis", "give this or an experiment");
    require(analysis == null || (run != null && axes != null), "run", "a grid needs run and axes");
    require(!scales.isEmpty(), "scales", "is empty, must name at least one");
    claims = List.copyOf(claims);
    for (Map.Entry<String, Scale> scale : scales.entrySet()) {
      for (Map.Entry<String, List<String>> axis : scale.getValue().axes().entrySet()) {
        Map<String, JsonNode> known = axes == null ? null : axes.get(axis.getKey());
        require(
            known != null && known.keySet().containsAll(axis.getValue()),
            "scales.%s.axes.%s".formatted(scale.getKey(), axis.getKey()),
            "is %s, must be values of an axis".formatted(axis.getValue()));
      }
    }
  }

  /**
   * A size.
   *
   * @param seeds repetitions of every condition, with data, noise and weights of their own
   * @param run settings over those of the study
   * @param axes which values of an axis; an axis that is not named has all
   * @param settings of an experiment, by name
   * @param seconds about how long an experiment takes
   * @param note what differs from the paper, a sentence
   */
  record Scale(
      @Nullable Integer seeds,
      @Nullable JsonNode run,
      @Nullable Map<String, List<String>> axes,
      @Nullable Map<String, String> settings,
      @Nullable Double seconds,
      @Nullable String note) {
    Scale {
      require(seeds == null || seeds > 0, "seeds", "is %s, must be at least 1".formatted(seeds));
      axes = axes == null ? Map.of() : axes;
      settings = settings == null ? Map.of() : settings;
    }

    @Override
    public Map<String, List<String>> axes() {
      return axes == null ? Map.of() : axes;
    }

    @Override
    public Map<String, String> settings() {
      return settings == null ? Map.of() : settings;
    }

    int repetitions() {
      return seeds == null ? 1 : seeds;
    }

    double expectedSeconds() {
      return seconds == null ? 0 : seconds;
    }
  }

  boolean isCore() {
    return core != null && core;
  }

  boolean isExtra() {
    return extra != null && extra;
  }

  boolean scoresDetectors() {
    return detectors != null && detectors;
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new InvalidSettingException(field, problem);
    }
  }
}
