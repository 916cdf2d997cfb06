package io.engram.trainer.experiment.svalidation;

import static io.engram.trainer.experiment.svalidation.Claims.notTested;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Claims N10 and N13, about how the null at 5 % changes with training. The rules, set down before
 * any result was seen; with fewer than {@value Effect#ENOUGH} seeds nothing is decided:
 *
 * <ul>
 *   <li>N10, rise, SGD, real inputs, every network run for {@value #HUNDREDS} epochs or more: the
 *       centre after the last epoch up to {@value #FIRST_HUNDREDS} is above that before training.
 *       See {@link Claims#sided}.
 *   <li>N10, decline, every network but c run for {@value #THOUSANDS} epochs or more: the centre at
 *       the end is below that after {@value #FIRST_HUNDREDS}. See {@link Claims#sided}.
 *   <li>N13, Gaussian inputs, networks with dropout, with the paper's epochs of rise r (d 40, e
 *       400, f 10) and decline s (d 300, e 1,000, f 200), those run for 1.5 s epochs or more. A run
 *       holds if (1) at every checkpoint from 1 to r / 2 the observed score lies within the range
 *       of the null; (2) at the last checkpoint up to s the centre and the observed score are
 *       higher than at the last one up to r / 2, by more than 1.96 standard errors over the
 *       permutations and over the examples; (3) at the end the centre is lower than there,
 *       likewise, and the observed score is {@value #ABOUT_ONE} or more. See {@link
 *       Claims#everywhere}; reproduced with {@value Effect#ENOUGH} seeds or more only.
 * </ul>
 */
final class TimeClaims {
  static final int HUNDREDS = 100;
  static final int FIRST_HUNDREDS = 500;
  static final int THOUSANDS = 2_000;
  static final double ABOUT_ONE = 0.95;

  private static final double SIGNIFICANT = 1.96;
  private static final Map<Net, Integer> RISE = Map.of(Net.D, 40, Net.E, 400, Net.F, 10);
  private static final Map<Net, Integer> DECLINE = Map.of(Net.D, 300, Net.E, 1_000, Net.F, 200);

  private final Runs runs;
  private final Group group;

  /**
   * @param group of real inputs
   */
  TimeClaims(Runs runs, Group group) {
    this.runs = runs;
    this.group = group;
  }

  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    if (group.optimizer() == Optimizer.SGD) {
      claims.add(rise());
      claims.add(decline());
    }
    claims.add(phases());
    return claims;
  }

  private String in(String statement) {
    return "%s (%s, %,d images)".formatted(statement, group.optimizer().words, group.training());
  }

  private List<Net> runFor(int epochs) {
    return runs.nets(group).stream()
        .filter(net -> runs.of(group, net).get(0).last().epoch() >= epochs)
        .toList();
  }

  private Claim rise() {
    return change(
        "the null rises in the first hundreds of epochs",
        runFor(HUNDREDS),
        "--inputs real and %d epochs, 0.05 among --fractions".formatted(HUNDREDS),
        run -> 0,
        run -> run.upTo(FIRST_HUNDREDS).epoch(),
        1);
  }

  private Claim decline() {
    return change(
        "the null declines over thousands of epochs, but for c",
        runFor(THOUSANDS).stream().filter(net -> net != Net.C).toList(),
        "--inputs real and %,d epochs, 0.05 among --fractions".formatted(THOUSANDS),
        run -> run.upTo(FIRST_HUNDREDS).epoch(),
        run -> run.last().epoch(),
        -1);
  }

  private Claim change(
      String words,
      List<Net> nets,
      String needs,
      ToIntFunction<NetworkRun> from,
      ToIntFunction<NetworkRun> to,
      int sign) {
    if (nets.isEmpty() || !runs.has(Runs.MAIN)) {
      return notTested("N10", in(words), needs);
    }
    List<Quantity> quantities = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (Net net : nets) {
      List<NetworkRun> same = runs.of(group, net);
      int start = from.applyAsInt(same.get(0));
      int end = to.applyAsInt(same.get(0));
      Effect effect = Runs.change(same, start, end, runs.set(Runs.MAIN));
      effects.add(effect);
      quantities.add(effect.named("%s, epoch %d − epoch %d".formatted(net.letter(), end, start)));
    }
    Verdict verdict = Claims.sided(effects, sign);
    return new Claim(
        "N10", in(words), quantities, verdict, Claims.reason(verdict, effects, "centres"));
  }

  private Claim phases() {
    String statement =
        in(
            "on Gaussian inputs, networks with dropout first show an observed score within the"
                + " null, then both rise, then the null declines while the observed score stays at"
                + " about 1");
    Group noise = group.with(Inputs.GAUSSIAN);
    List<NetworkRun> ran =
        runs.of(noise).stream()
            .filter(run -> run.net().dropout)
            .filter(run -> run.last().epoch() >= 1.5 * epoch(DECLINE, run))
            .toList();
    if (ran.isEmpty() || !runs.has(Runs.MAIN)) {
      return notTested(
          "N13",
          statement,
          "--inputs gaussian and d for 450 epochs, e for 1500 or f for 300, 0.05 among --fractions");
    }
    int set = runs.set(Runs.MAIN);
    List<Quantity> quantities = new ArrayList<>();
    for (Net net : ran.stream().map(NetworkRun::net).distinct().toList()) {
      List<NetworkRun> same = runs.of(noise, net);
      int early = same.get(0).upTo(epoch(RISE, same.get(0)) / 2).epoch();
      int middle = same.get(0).upTo(epoch(DECLINE, same.get(0))).epoch();
      int end = same.get(0).last().epoch();
      quantities.add(
          Quantity.of(
              "%s: runs that begin within the null".formatted(net.letter()),
              same.stream().filter(run -> beginsWithin(run, set)).count()));
      quantities.add(
          Runs.change(same, early, middle, set)
              .named("centre, epoch %d − epoch %d".formatted(middle, early)));
      quantities.add(
          Runs.change(same, middle, end, set)
              .named("centre, epoch %d − epoch %d".formatted(end, middle)));
      quantities.add(
          Quantity.of(
              "observed at the end, mean",
              same.stream()
                  .mapToDouble(run -> run.last().judgements().get(set).observed())
                  .average()
                  .orElseThrow()));
    }
    Claim claim =
        Claims.everywhere("N13", statement, quantities, ran, run -> holds(run, set), run -> false);
    boolean few = ran.stream().map(NetworkRun::seed).distinct().count() < Effect.ENOUGH;
    return few
        ? new Claim(
            "N13",
            statement,
            quantities,
            Verdict.INCONCLUSIVE,
            claim.reason() + "; a verdict needs --seeds %d or more".formatted(Effect.ENOUGH))
        : claim;
  }

  private static int epoch(Map<Net, Integer> of, NetworkRun run) {
    return of.getOrDefault(run.net(), Integer.MAX_VALUE);
  }

  private static boolean beginsWithin(NetworkRun run, int set) {
    return run.from(1).stream()
        .filter(checkpoint -> checkpoint.epoch() <= epoch(RISE, run) / 2)
        .allMatch(checkpoint -> checkpoint.inRange(set));
  }

  private static boolean holds(NetworkRun run, int set) {
    Checkpoint early = run.upTo(epoch(RISE, run) / 2);
    Checkpoint middle = run.upTo(epoch(DECLINE, run));
    double observed = run.last().judgements().get(set).observed();
    return beginsWithin(run, set)
        && higher(middle, early, set)
        && higherObserved(middle, early, set)
        && higher(middle, run.last(), set)
        && observed >= ABOUT_ONE;
  }

  private static boolean higher(Checkpoint high, Checkpoint low, int set) {
    double[] above = high.permuted(set);
    double[] below = low.permuted(set);
    int both = Math.min(above.length, below.length);
    double mean = 0;
    for (int b = 0; b < both; b++) {
      mean += (above[b] - below[b]) / both;
    }
    double squares = 0;
    for (int b = 0; b < both; b++) {
      squares += (above[b] - below[b] - mean) * (above[b] - below[b] - mean);
    }
    return mean > SIGNIFICANT * Math.sqrt(squares / (both - 1.0) / both);
  }

  /** As if the examples of both were others: what is right on both is not known. */
  private static boolean higherObserved(Checkpoint high, Checkpoint low, int set) {
    double above = high.judgements().get(set).observed();
    double below = low.judgements().get(set).observed();
    double variance = above * (1 - above) + below * (1 - below);
    return above - below > SIGNIFICANT * Math.sqrt(variance / high.scores().examples());
  }
}
