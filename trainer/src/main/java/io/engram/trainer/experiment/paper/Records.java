package io.engram.trainer.experiment.paper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The runs of a study that have ended.
 *
 * @param study its name
 * @param title one line
 * @param planned the conditions that the grid has
 * @param all what they showed, in the order of the grid
 */
record Records(String study, String title, Set<Map<String, String>> planned, List<CellRecord> all) {
  Records {
    all = List.copyOf(all);
  }

  private Records of(Predicate<Map<String, String>> condition) {
    return new Records(
        study,
        title,
        planned.stream().filter(condition).collect(Collectors.toCollection(LinkedHashSet::new)),
        all.stream().filter(each -> condition.test(each.cell().at())).toList());
  }

  /** Values on an axis, in the order of the grid. */
  List<String> values(String axis) {
    Set<String> values = new LinkedHashSet<>();
    all.forEach(record -> values.add(record.cell().at(axis)));
    return List.copyOf(values);
  }

  /** Those with a value on an axis. */
  Records at(String axis, String value) {
    return of(condition -> value.equals(condition.get(axis)));
  }

  /** Seeds of which every condition that is planned has ended. */
  List<Integer> completeSeeds() {
    Map<Integer, Set<Map<String, String>>> ended = new TreeMap<>();
    for (CellRecord each : all) {
      ended.computeIfAbsent(each.cell().seed(), seed -> new HashSet<>()).add(each.cell().at());
    }
    return ended.entrySet().stream()
        .filter(seed -> seed.getValue().containsAll(planned))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Those of complete seeds. */
  Records complete() {
    List<Integer> seeds = completeSeeds();
    return new Records(
        study,
        title,
        planned,
        all.stream().filter(each -> seeds.contains(each.cell().seed())).toList());
  }

  /** The only run of a seed. */
  Optional<CellRecord> seed(int seed) {
    return all.stream().filter(each -> each.cell().seed() == seed).findFirst();
  }

  /** A number of each run. */
  double[] each(ToDoubleFunction<CellRecord> number) {
    return all.stream().mapToDouble(number).toArray();
  }

  /** A number of each seed, NaN where it has no run. */
  double[] bySeed(List<Integer> seeds, ToDoubleFunction<CellRecord> number) {
    return seeds.stream()
        .mapToDouble(seed -> seed(seed).map(number::applyAsDouble).orElse(Double.NaN))
        .toArray();
  }

  /** Row by row of a table: the condition, then the numbers of its runs' means and intervals. */
  Map<Map<String, String>, List<CellRecord>> byCondition() {
    Map<Map<String, String>, List<CellRecord>> conditions = new LinkedHashMap<>();
    for (CellRecord each : all) {
      conditions.computeIfAbsent(each.cell().at(), at -> new ArrayList<>()).add(each);
    }
    return conditions;
  }
}
