package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Verdict;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the rules of several claims have in common. */
final class Claims {
  private Claims() {}

  static Claim notTested(String id, String statement, String needs) {
    return new Claim(id, statement, List.of(), Verdict.NOT_TESTED, "needs " + needs);
  }

  /**
   * For a statement about every network: reproduced where it holds in every run, not reproduced
   * where there is a network in none of whose runs it holds, otherwise inconclusive.
   *
   * @param untrained whether it holds before training already
   */
  static Claim everywhere(
      String id,
      String statement,
      List<Quantity> quantities,
      List<NetworkRun> runs,
      Predicate<NetworkRun> holds,
      Predicate<NetworkRun> untrained) {
    List<NetworkRun> not = runs.stream().filter(holds.negate()).toList();
    List<Net> never =
        not.stream()
            .map(NetworkRun::net)
            .distinct()
            .filter(net -> runs.stream().filter(run -> run.net() == net).noneMatch(holds))
            .toList();
    Verdict verdict =
        not.isEmpty()
            ? Verdict.REPRODUCED
            : never.isEmpty() ? Verdict.INCONCLUSIVE : Verdict.NOT_REPRODUCED;
    long before = runs.stream().filter(untrained).count();
    String reason =
        "it holds in %d of %d runs%s; %s"
            .formatted(
                runs.size() - not.size(),
                runs.size(),
                not.isEmpty() ? "" : ", not in " + names(not),
                already(before, runs.size()));
    return new Claim(id, statement, quantities, verdict, reason);
  }

  private static String names(List<NetworkRun> runs) {
    return runs.stream()
        .map(run -> "%s seed %d".formatted(run.net().letter(), run.seed()))
        .collect(Collectors.joining(", "));
  }

  /** The gate: what untrained networks show is not attributable to training. */
  static String already(long before, int runs) {
    return before == 0
        ? "in none of them before training"
        : before == runs
            ? "in all of them before training already, so not attributable to training"
            : "in %d of %d before training already".formatted(before, runs);
  }

  /**
   * For differences that shall all have one sign: reproduced where all intervals lie on its side of
   * 0, not reproduced where one lies wholly on the other, otherwise inconclusive; inconclusive,
   * too, with too few seeds.
   *
   * @param sign 1 or -1
   */
  static Verdict sided(List<Effect> effects, int sign) {
    if (effects.stream().allMatch(effect -> sign > 0 ? effect.above(0) : effect.below(0))) {
      return Verdict.REPRODUCED;
    }
    return effects.stream().anyMatch(effect -> sign > 0 ? effect.below(0) : effect.above(0))
        ? Verdict.NOT_REPRODUCED
        : Verdict.INCONCLUSIVE;
  }

  /** Why {@link #sided} says so. */
  static String reason(Verdict verdict, List<Effect> effects, String unit) {
    if (!effects.get(0).decides()) {
      return "intervals hold for these networks alone; a verdict needs --seeds %d or more"
          .formatted(Effect.ENOUGH);
    }
    return switch (verdict) {
      case REPRODUCED ->
          "every interval of a difference of %s lies on the claimed side of 0".formatted(unit);
      case NOT_REPRODUCED ->
          "an interval of a difference of %s lies on the other side of 0".formatted(unit);
      case INCONCLUSIVE, NOT_TESTED ->
          "some interval of a difference of %s holds 0".formatted(unit);
    };
  }
}
