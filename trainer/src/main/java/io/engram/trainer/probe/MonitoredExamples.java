package io.engram.trainer.probe;

import io.engram.events.ExampleRole;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.spec.RunSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The examples of one role whose predictions a run monitors, the same at every look.
 *
 * @param rows of the set, ascending
 */
record MonitoredExamples(ExampleRole role, ExampleSet set, int[] rows) {

  /** Of every role that has any: a draw of training and hold-out examples, all that are wrong. */
  static List<MonitoredExamples> of(RunSpec spec, RunData data) {
    long seed = spec.training().seed();
    int training = spec.probes().predictions().examples();
    int holdout = spec.probes().predictions().holdout();
    return Stream.of(
            drawn(ExampleRole.TRAINING, data.training(), training, seed),
            drawn(ExampleRole.HOLDOUT, data.holdout(), holdout, seed),
            drawn(ExampleRole.CANARY, data.canaries(), data.canaries().size(), seed),
            drawn(ExampleRole.GHOST, data.ghosts(), data.ghosts().size(), seed))
        .filter(group -> group.size() > 0)
        .toList();
  }

  private static MonitoredExamples drawn(ExampleRole role, ExampleSet set, int count, long seed) {
    return new MonitoredExamples(role, set, set.draw(count, seed));
  }

  /** The same in portions of so many at most. */
  Stream<MonitoredExamples> chunks(int most) {
    return IntStream.iterate(0, from -> from < rows.length, from -> from + most)
        .mapToObj(from -> Arrays.copyOfRange(rows, from, Math.min(from + most, rows.length)))
        .map(part -> new MonitoredExamples(role, set, part));
  }

  int givenLabel(int index) {
    return set.givenLabel(rows[index]);
  }

  int size() {
    return rows.length;
  }

  int[] ids() {
    return IntStream.of(rows).map(set::id).toArray();
  }
}
