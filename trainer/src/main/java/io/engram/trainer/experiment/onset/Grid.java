package io.engram.trainer.experiment.onset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.engram.trainer.spec.InvalidSettingException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A grid file: conditions, each crossed with data sets, numbers of canaries and seeds.
 *
 * @param run what all runs have, as in a run file; or the name of a shipped run, or the path of a
 *     run file
 * @param seeds how many of them, unless a condition says otherwise
 * @param fixedOn names of the data sets on which thresholds may be chosen, with the first seeds;
 *     all other runs are judged
 * @param data data sets by the name that they have in the grid, each with the settings that go with
 *     it, as in a run file
 * @param conditions what is compared
 */
record Grid(
    @JsonProperty(required = true) JsonNode run,
    @JsonProperty(required = true) Seeds seeds,
    @JsonProperty(required = true) List<String> fixedOn,
    @JsonProperty(required = true) Map<String, JsonNode> data,
    @JsonProperty(required = true) List<Entry> conditions) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  Grid {
    require(run.isObject() || run.isTextual(), "run", "must be a mapping, a name or a path");
    present("seeds", seeds);
    present("fixed_on", fixedOn);
    present("data", data);
    present("conditions", conditions);
    data.forEach(
        (name, settings) -> {
          requireName("data", name);
          require(settings.isObject(), "data." + name, "must be a mapping, as in a run file");
        });
    requireKnown("fixed_on", fixedOn, data.keySet());
    require(!conditions.isEmpty(), "conditions", "is empty, must name at least one");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      Entry entry = conditions.get(i);
      String field = "conditions[%d]".formatted(i);
      present(field, entry);
      require(
          names.add(entry.name()), field + ".name", "'%s' is there twice".formatted(entry.name));
      requireKnown(field + ".data", entry.data(), data.keySet());
    }
    fixedOn = List.copyOf(fixedOn);
    conditions = List.copyOf(conditions);
  }

  /**
   * Repetitions, each with data, noise and weights of its own.
   *
   * @param first the first seed, at least 0
   * @param fixed how many, from the first on, choose thresholds; only on the data sets for that
   * @param judged how many, after those, are judged
   */
  record Seeds(
      @JsonProperty(required = true) int first,
      @JsonProperty(required = true) int fixed,
      @JsonProperty(required = true) int judged) {
    Seeds {
      require(first >= 0, "first", "is %d, must be at least 0".formatted(first));
      require(fixed >= 0, "fixed", "is %d, must be at least 0".formatted(fixed));
      require(judged >= 0, "judged", "is %d, must be at least 0".formatted(judged));
    }
  }

  /**
   * A condition.
   *
   * @param name of lower-case letters, digits, dots and hyphens
   * @param data on which data sets
   * @param canaries with how many, each number a training of its own
   * @param expect what is right to happen
   * @param settings over those of the run and the data set, as in a run file; null for none
   * @param seeds null for those of the grid
   */
  record Entry(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) List<String> data,
      @JsonProperty(required = true) List<Integer> canaries,
      @JsonProperty(required = true) Expectation expect,
      @Nullable JsonNode settings,
      @Nullable Seeds seeds) {
    Entry {
      present("name", name);
      requireName("name", name);
      present("data", data);
      present("canaries", canaries);
      present("expect", expect);
      require(!data.isEmpty(), "data", "is empty, must name at least one");
      require(!canaries.isEmpty(), "canaries", "is empty, must hold at least one number");
      for (Integer count : canaries) {
        require(
            count != null && count >= 0,
            "canaries",
            "is %s, must be 0 or greater".formatted(count));
      }
      require(
          settings == null || settings.isObject(),
          "settings",
          "must be a mapping, as in a run file");
      data = List.copyOf(data);
      canaries = List.copyOf(canaries);
    }
  }

  private static void requireName(String field, String name) {
    require(
        NAME.matcher(name).matches(),
        field,
        "'%s' must be of lower-case letters, digits, dots and hyphens".formatted(name));
  }

  private static void requireKnown(String field, List<String> names, Set<String> known) {
    for (String name : names) {
      require(
          known.contains(name),
          field,
          "'%s' is not in data, must be one of %s".formatted(name, String.join(", ", known)));
    }
  }

  private static void present(String field, @Nullable Object value) {
    require(value != null, field, "is empty, must be given");
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new InvalidSettingException(field, problem);
    }
  }
}
