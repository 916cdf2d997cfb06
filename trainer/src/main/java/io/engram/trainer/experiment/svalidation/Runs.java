package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.svalidation.Effect.Answers;
import io.engram.trainer.experiment.svalidation.Effect.Nulls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Training runs, found by what they are.
 *
 * @param fractions of the sets, in their order
 */
record Runs(List<Double> fractions, List<NetworkRun> all) {
  /** The fraction that the paper's claims speak of. */
  static final double MAIN = 0.05;

  Runs {
    fractions = List.copyOf(fractions);
    all = List.copyOf(all);
  }

  /** A network trained alike, once a seed, in the order of the seeds. */
  List<NetworkRun> of(Group group, Net net) {
    return of(group).stream().filter(run -> run.net() == net).toList();
  }

  List<NetworkRun> of(Group group) {
    return all.stream().filter(run -> run.group().equals(group)).toList();
  }

  List<Group> groups() {
    return all.stream().map(NetworkRun::group).distinct().toList();
  }

  List<Net> nets(Group group) {
    return of(group).stream().map(NetworkRun::net).distinct().sorted().toList();
  }

  /** Whether the copies with these shares of shuffled pixels were scored. */
  boolean has(double... shares) {
    for (double share : shares) {
      if (!fractions.contains(share)) {
        return false;
      }
    }
    return true;
  }

  int set(double fraction) {
    return fractions.indexOf(fraction);
  }

  /** How much is shuffled in a set, in words. */
  String percent(int set) {
    return BigDecimal.valueOf(100 * fractions.get(set))
            .setScale(6, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** The last epoch that was measured in both; both have been run. */
  static int commonEpoch(List<NetworkRun> one, List<NetworkRun> other) {
    int last = 0;
    for (Checkpoint checkpoint : one.get(0).checkpoints()) {
      last = other.get(0).at(checkpoint.epoch()).isPresent() ? checkpoint.epoch() : last;
    }
    return last;
  }

  /** By how much the centre of the null of one network exceeds another's, seed by seed. */
  static Effect centres(List<NetworkRun> of, List<NetworkRun> from, int epoch, int set) {
    List<List<Nulls>> bySeed = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      bySeed.add(
          List.of(
              new Nulls(
                  of.get(i).upTo(epoch).permuted(set), from.get(i).upTo(epoch).permuted(set))));
    }
    return Effect.centres(bySeed);
  }

  /** By how much the centre changed from one epoch to another. */
  static Effect change(List<NetworkRun> runs, int from, int to, int set) {
    return Effect.centres(
        runs.stream()
            .map(
                run -> List.of(new Nulls(run.upTo(to).permuted(set), run.upTo(from).permuted(set))))
            .toList());
  }

  /** The centre itself. */
  static Effect centre(List<NetworkRun> runs, int epoch, int set) {
    return Effect.centres(
        runs.stream().map(run -> List.of(Nulls.alone(run.upTo(epoch).permuted(set)))).toList());
  }

  /** By how much the validation accuracy of one network exceeds another's, on the same examples. */
  static Effect accuracies(List<NetworkRun> of, List<NetworkRun> from, int epoch) {
    List<Answers> bySeed = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      bySeed.add(
          new Answers(
              of.get(i).upTo(epoch).validated(),
              from.get(i).upTo(epoch).validated(),
              of.get(i).validation()));
    }
    return Effect.accuracies(bySeed);
  }
}
