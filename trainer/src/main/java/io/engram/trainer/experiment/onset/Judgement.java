package io.engram.trainer.experiment.onset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All runs that were judged.
 *
 * @param runs in the order of the grid
 * @param planned how many runs the grid has
 * @param grid name of the grid
 * @param fixedOn data sets on which thresholds may be chosen
 */
record Judgement(List<JudgedRun> runs, int planned, String grid, List<String> fixedOn) {
  Judgement {
    runs = List.copyOf(runs);
    fixedOn = List.copyOf(fixedOn);
  }

  /** The runs of a half for which a condition holds. */
  List<JudgedRun> of(Half half, Predicate<Condition> condition) {
    return runs.stream()
        .filter(run -> run.run().half() == half && condition.test(run.run().condition()))
        .toList();
  }

  /** The judged runs of each condition, by name. */
  Map<String, List<JudgedRun>> judgedByCondition() {
    Map<String, List<JudgedRun>> conditions = new TreeMap<>();
    for (JudgedRun run : of(Half.JUDGED, condition -> true)) {
      conditions.computeIfAbsent(run.run().condition().name(), name -> new ArrayList<>()).add(run);
    }
    return conditions;
  }

  /** Names of the data sets that there are. */
  Set<String> data() {
    Set<String> data = new TreeSet<>();
    runs.forEach(run -> data.add(run.run().condition().data()));
    return data;
  }

  /** Names of channels and detectors, in their order. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    runs.stream()
        .map(run -> run.raised().values())
        .flatMap(Collection::stream)
        .flatMap(Collection::stream)
        .forEach(raised -> names.add(raised.name()));
    return List.copyOf(names);
  }

  /**
   * Which networks and views there are: with and without canaries, each with and without the
   * hold-out; by their name.
   */
  static Map<String, Mode> modes() {
    Map<String, Mode> modes = modes(true);
    modes.putAll(modes(false));
    return modes;
  }

  /** Those with canaries, or those without. */
  static Map<String, Mode> modes(boolean canaries) {
    Map<String, Mode> modes = new LinkedHashMap<>();
    for (String view : Judge.VIEWS) {
      modes.put((canaries ? "canaries, " : "no canaries, ") + view, new Mode(canaries, view));
    }
    return modes;
  }

  /**
   * @param canaries whether the runs have canaries
   * @param view what else can be seen
   */
  record Mode(boolean canaries, String view) {
    boolean fits(Condition condition) {
      return canaries == condition.canaries() > 0;
    }
  }
}
