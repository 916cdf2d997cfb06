package io.engram.trainer.experiment.svalidation;

import io.engram.collector.aggregate.Interval;
import io.engram.collector.aggregate.Proportion;
import io.engram.events.svalidation.Judgement;
import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Verdict;
import io.engram.trainer.experiment.svalidation.Effect.Nulls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Claims N1 to N4 and N12, each about one run at a time. The rules, set down before any result was
 * seen (checkpoints are those of trained networks; the same is counted at epoch 0, the gate):
 *
 * <ul>
 *   <li>N1, real inputs: reproduced if at {@value #ALMOST_ALL} or more of the checkpoints the
 *       centres descend from 1 % (where scored) over 5 and 10 to 100 %; otherwise not reproduced if
 *       at more than 0.05 of them a neighbouring pair ascends significantly (mean over the
 *       permutations, paired, 1.96 standard errors), else inconclusive.
 *   <li>N2, real inputs: at 100 %, both the observed score and the null's centre lie within 3 √(c
 *       (1 − c) / n) of chance c. Reproduced at {@value #ALMOST_ALL} or more of the checkpoints,
 *       not reproduced at fewer than {@value #MOST}, else inconclusive.
 *   <li>N3, real inputs: a run holds if at every checkpoint from epoch {@value #A_FEW} on the
 *       observed scores at 5 and 10 % lie above all permutations. See {@link Claims#everywhere}.
 *   <li>N4, at the last checkpoint: 99 % Wilson interval of the validation accuracy. Real inputs:
 *       reproduced if in every run all of it lies above chance + {@value #CLEARLY}, not reproduced
 *       if in one run all of it lies below. Gaussian inputs: reproduced if in every run all of it
 *       lies within chance ± {@value #CLEARLY}, not reproduced if in one run all of it lies
 *       outside. Else inconclusive. Chance is that of the training labels.
 *   <li>N12, Gaussian inputs, networks without dropout, 5 %, last checkpoint: a run holds if the
 *       verdict is {@code MEMORIZED_AND_LEARNED}. See {@link Claims#everywhere}.
 * </ul>
 */
final class RunClaims {
  static final double ALMOST_ALL = 0.95;
  static final double MOST = 0.8;
  static final int A_FEW = 10;
  static final double CLEARLY = 0.1;

  private static final double LEVEL = 0.01;
  private static final double SIGNIFICANT = 1.96;

  private final Runs runs;
  private final Group group;
  private final List<NetworkRun> real;
  private final List<NetworkRun> gaussian;

  /**
   * @param group of real inputs; its runs need not be there
   */
  RunClaims(Runs runs, Group group) {
    this.runs = runs;
    this.group = group;
    real = runs.of(group);
    gaussian = runs.of(group.with(Inputs.GAUSSIAN));
  }

  List<Claim> claims() {
    return List.of(
        descending(), sanity(), aboveNull(), generalizing(), guessing(), learningNoise());
  }

  private String in(String statement) {
    return "%s (%s, %,d images)".formatted(statement, group.optimizer().words, group.training());
  }

  private Claim descending() {
    String statement = in("the more is shuffled, the lower the null: 1 % > 5 % > 10 % > 100 %");
    if (real.isEmpty() || !runs.has(0.05, 0.1, 1)) {
      return Claims.notTested("N1", statement, "--inputs real --fractions 0.01,0.05,0.1,1");
    }
    int[] chain =
        Arrays.stream(new double[] {0.01, 0.05, 0.1, 1})
            .filter(runs::has)
            .mapToInt(runs::set)
            .toArray();
    List<Checkpoint> trained = trained(real);
    double ordered = share(trained, checkpoint -> descends(checkpoint, chain));
    double ascending = share(trained, checkpoint -> ascends(checkpoint, chain));
    List<Quantity> quantities = new ArrayList<>();
    quantities.add(Quantity.of("share of %d checkpoints".formatted(trained.size()), ordered));
    quantities.add(Quantity.of("with a significant ascent", ascending));
    for (int i = 1; i < chain.length; i++) {
      quantities.add(
          drop(chain[i - 1], chain[i])
              .named(
                  "%s − %s at the end, mean of the networks"
                      .formatted(runs.percent(chain[i - 1]), runs.percent(chain[i]))));
    }
    Verdict verdict =
        ordered >= ALMOST_ALL
            ? Verdict.REPRODUCED
            : ascending > 1 - ALMOST_ALL ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE;
    long before = real.stream().filter(run -> descends(run.untrained(), chain)).count();
    return new Claim(
        "N1",
        statement,
        quantities,
        verdict,
        "ordered at %.1f %% of the checkpoints; of %d runs %s"
            .formatted(100 * ordered, real.size(), Claims.already(before, real.size())));
  }

  private Effect drop(int high, int low) {
    return Effect.centres(
        real.stream()
            .map(NetworkRun::seed)
            .distinct()
            .map(
                seed ->
                    real.stream()
                        .filter(run -> run.seed() == seed)
                        .map(run -> new Nulls(run.last().permuted(high), run.last().permuted(low)))
                        .toList())
            .toList());
  }

  private static boolean descends(Checkpoint checkpoint, int[] chain) {
    return IntStream.range(1, chain.length)
        .allMatch(
            i ->
                checkpoint.judgements().get(chain[i - 1]).median()
                    >= checkpoint.judgements().get(chain[i]).median());
  }

  private static boolean ascends(Checkpoint checkpoint, int[] chain) {
    return IntStream.range(1, chain.length)
        .anyMatch(
            i -> {
              double[] before = checkpoint.permuted(chain[i - 1]);
              double[] after = checkpoint.permuted(chain[i]);
              double[] rise = new double[before.length];
              Arrays.setAll(rise, b -> after[b] - before[b]);
              double mean = Arrays.stream(rise).average().orElse(0);
              double squares = Arrays.stream(rise).map(r -> (r - mean) * (r - mean)).sum();
              double error = Math.sqrt(squares / (rise.length - 1.0) / rise.length);
              return mean - SIGNIFICANT * error > 0;
            });
  }

  private Claim sanity() {
    String statement = in("with all pixels shuffled, null and observed score are at chance");
    if (real.isEmpty() || !runs.has(1)) {
      return Claims.notTested("N2", statement, "--inputs real and 1 among --fractions");
    }
    int all = runs.set(1);
    List<Checkpoint> trained = trained(real);
    Function<Checkpoint, Boolean> observed = c -> near(c, c.judgements().get(all).observed(), all);
    Function<Checkpoint, Boolean> centre = c -> near(c, c.judgements().get(all).median(), all);
    double both = share(trained, c -> observed.apply(c) && centre.apply(c));
    double[] scores =
        trained.stream().mapToDouble(c -> c.judgements().get(all).observed()).sorted().toArray();
    double[] centres =
        trained.stream().mapToDouble(c -> c.judgements().get(all).median()).sorted().toArray();
    Judgement pixels = real.get(0).pixels(all);
    List<Quantity> quantities =
        List.of(
            Quantity.of("share of %d checkpoints".formatted(trained.size()), both),
            Quantity.of("of them the observed score", share(trained, observed)),
            Quantity.of("the centre", share(trained, centre)),
            extremes("observed, mean and extremes", scores),
            extremes("centre, mean and extremes", centres),
            Quantity.of("3 standard errors", 3 * error(trained.get(0), all)),
            Quantity.of(
                "observed on pixels, seed %d".formatted(real.get(0).seed()), pixels.observed()),
            Quantity.of("centre on pixels", pixels.median()));
    Verdict verdict =
        both >= ALMOST_ALL
            ? Verdict.REPRODUCED
            : both < MOST ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE;
    long before =
        real.stream()
            .map(NetworkRun::untrained)
            .filter(c -> observed.apply(c) && centre.apply(c))
            .count();
    return new Claim(
        "N2",
        statement,
        quantities,
        verdict,
        "both at chance at %.1f %% of the checkpoints; of %d runs %s"
            .formatted(100 * both, real.size(), Claims.already(before, real.size())));
  }

  private static double error(Checkpoint checkpoint, int set) {
    double chance = checkpoint.judgements().get(set).chance();
    return Math.sqrt(chance * (1 - chance) / checkpoint.scores().examples());
  }

  private static boolean near(Checkpoint checkpoint, double score, int set) {
    double chance = checkpoint.judgements().get(set).chance();
    return Math.abs(score - chance) <= 3 * error(checkpoint, set);
  }

  private Claim aboveNull() {
    String statement =
        in(
            "after %d epochs the observed scores at 5 and 10 %% lie above the null"
                .formatted(A_FEW));
    boolean longEnough = real.stream().allMatch(run -> run.last().epoch() >= A_FEW);
    if (real.isEmpty() || !longEnough || !runs.has(0.05, 0.1)) {
      return Claims.notTested(
          "N3",
          statement,
          "--inputs real, 0.05 and 0.1 among --fractions, %d epochs".formatted(A_FEW));
    }
    int[] sets = {runs.set(0.05), runs.set(0.1)};
    List<Quantity> quantities = new ArrayList<>();
    for (Net net : runs.nets(group)) {
      for (int set : sets) {
        double[] distances =
            runs.of(group, net).stream()
                .map(run -> run.last().judgements().get(set))
                .mapToDouble(judgement -> judgement.observed() - judgement.upper())
                .sorted()
                .toArray();
        quantities.add(
            extremes(
                "%s, %s: observed − 97.5 %% quantile at the end, mean and extremes"
                    .formatted(net.letter(), runs.percent(set)),
                distances));
      }
    }
    return Claims.everywhere(
        "N3",
        statement,
        quantities,
        real,
        run -> run.from(A_FEW).stream().allMatch(c -> above(c, sets)),
        run -> above(run.untrained(), sets));
  }

  private static boolean above(Checkpoint checkpoint, int[] sets) {
    return Arrays.stream(sets).allMatch(checkpoint::aboveRange);
  }

  private Claim generalizing() {
    String statement = in("on real images, validation accuracy is clearly above chance");
    return real.isEmpty()
        ? Claims.notTested("N4", statement, "--inputs real")
        : accuracy(statement, real, CLEARLY, Double.POSITIVE_INFINITY);
  }

  private Claim guessing() {
    String statement = in("on Gaussian inputs, validation accuracy is about chance");
    return gaussian.isEmpty()
        ? Claims.notTested("N4", statement, "--inputs gaussian")
        : accuracy(statement, gaussian, -CLEARLY, CLEARLY);
  }

  /** In every run between chance + low and chance + high. */
  private Claim accuracy(String statement, List<NetworkRun> of, double low, double high) {
    boolean all = true;
    boolean contradicted = false;
    List<Quantity> quantities = new ArrayList<>();
    for (Net net : of.stream().map(NetworkRun::net).distinct().toList()) {
      double lowest = 1;
      double highest = 0;
      double sum = 0;
      List<NetworkRun> same = of.stream().filter(run -> run.net() == net).toList();
      for (NetworkRun run : same) {
        Interval interval =
            Proportion.wilson(run.last().validated().cardinality(), run.validation(), LEVEL);
        double chance = run.last().judgements().get(0).chance();
        all &= interval.lower() > chance + low && interval.upper() < chance + high;
        contradicted |= interval.upper() < chance + low || interval.lower() > chance + high;
        lowest = Math.min(lowest, interval.lower());
        highest = Math.max(highest, interval.upper());
        sum += run.validation(run.last());
      }
      quantities.add(
          new Quantity(
              "%s, epoch %d, mean and outermost ends of the 99 %% intervals"
                  .formatted(net.letter(), same.get(0).last().epoch()),
              sum / same.size(),
              lowest,
              highest));
    }
    return new Claim(
        "N4",
        statement,
        quantities,
        all ? Verdict.REPRODUCED : contradicted ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE,
        all
            ? "it holds in all %d runs".formatted(of.size())
            : contradicted ? "a run contradicts it" : "the interval of a run holds the bound");
  }

  private Claim learningNoise() {
    String statement =
        in(
            "on Gaussian inputs, networks without dropout memorize, and their observed score is"
                + " above the null");
    List<NetworkRun> plain = gaussian.stream().filter(run -> !run.net().dropout).toList();
    if (plain.isEmpty() || !runs.has(Runs.MAIN)) {
      return Claims.notTested(
          "N12", statement, "--inputs gaussian, a network without dropout, 0.05 among --fractions");
    }
    int set = runs.set(Runs.MAIN);
    List<Quantity> quantities = new ArrayList<>();
    for (Net net : plain.stream().map(NetworkRun::net).distinct().toList()) {
      List<NetworkRun> same = plain.stream().filter(run -> run.net() == net).toList();
      int end = same.get(0).last().epoch();
      quantities.add(
          Runs.centre(same, end, set).named("%s: centre at epoch %d".formatted(net.letter(), end)));
      quantities.add(
          extremes(
              "observed, mean and extremes",
              same.stream()
                  .mapToDouble(run -> run.last().judgements().get(set).observed())
                  .sorted()
                  .toArray()));
    }
    return Claims.everywhere(
        "N12",
        statement,
        quantities,
        plain,
        run -> run.last().learned(set),
        run -> run.untrained().learned(set));
  }

  private static List<Checkpoint> trained(List<NetworkRun> of) {
    return of.stream().flatMap(run -> run.from(1).stream()).toList();
  }

  private static double share(List<Checkpoint> of, Function<Checkpoint, Boolean> holds) {
    return of.stream().mapToDouble(c -> holds.apply(c) ? 1 : 0).average().orElse(Double.NaN);
  }

  /**
   * @param ascending at least one
   */
  private static Quantity extremes(String name, double[] ascending) {
    return new Quantity(
        name,
        Arrays.stream(ascending).average().orElseThrow(),
        ascending[0],
        ascending[ascending.length - 1]);
  }
}
