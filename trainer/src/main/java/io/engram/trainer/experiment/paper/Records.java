package io.engram.trainer.experiment.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The runs of a study that have ended.
 *
 * @param study its name
 * @param title one line
 * @param all what they showed, in the order of the grid
 */
record Records(String study, String title, List<CellRecord> all) {
  Records {
    all = List.copyOf(all);
  }

  /** Values on an axis, in the order of the grid. */
  List<String> values(String axis) {
    Set<String> values = new LinkedHashSet<>();
    all.forEach(record -> values.add(record.cell().at(axis)));
    return List.copyOf(values);
  }

  /** Those with a value on an axis. */
  Records at(String axis, String value) {
    return new Records(
        study, title, all.stream().filter(each -> each.cell().at(axis).equals(value)).toList());
  }

  /** Seeds of which every condition that there is has ended. */
  List<Integer> completeSeeds() {
    Map<Map<String, String>, Set<Integer>> seeds = new LinkedHashMap<>();
    for (CellRecord each : all) {
      seeds.computeIfAbsent(each.cell().at(), condition -> new TreeSet<>()).add(each.cell().seed());
    }
    Set<Integer> complete = new TreeSet<>();
    all.forEach(each -> complete.add(each.cell().seed()));
    seeds.values().forEach(complete::retainAll);
    return List.copyOf(complete);
  }

  /** Those of complete seeds. */
  Records complete() {
    List<Integer> seeds = completeSeeds();
    return new Records(
        study, title, all.stream().filter(each -> seeds.contains(each.cell().seed())).toList());
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
