package io.engram.trainer.experiment.svalidation;

import static io.engram.trainer.experiment.svalidation.Claims.notTested;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Quantity;
import io.engram.trainer.experiment.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Claims N5 to N8, which compare networks on the same real images. The rules, set down before any
 * result was seen: compared are the centres of the null at 5 %, and validation accuracies, after
 * the last epoch measured in both; the interval of a difference is {@link Effect}'s, over the
 * seeds. With fewer than {@value Effect#ENOUGH} seeds nothing is decided.
 *
 * <ul>
 *   <li>N5: b below a, and e below d. See {@link Claims#sided}.
 *   <li>N6: d below a, e below b, f below c, as far as they were run. See {@link Claims#sided}.
 *   <li>N7: reproduced if for every two of a, b, d, e the interval of the difference of validation
 *       accuracies lies within ± {@value #SIMILAR} and for at least one the interval of the
 *       difference of centres lies wholly beyond ± {@value #DIFFERENT}; not reproduced if one of
 *       the first lies wholly outside, or all of the second within; otherwise inconclusive.
 *   <li>N8: c above a and b, f above d and e, both in centre and in validation accuracy. See {@link
 *       Claims#sided}.
 * </ul>
 */
final class PairClaims {
  static final double SIMILAR = 0.03;
  static final double DIFFERENT = 0.02;

  private final Runs runs;
  private final Group group;

  /**
   * @param group of real inputs
   */
  PairClaims(Runs runs, Group group) {
    this.runs = runs;
    this.group = group;
  }

  /** Two networks, the first of which is claimed to differ from the second. */
  private record Pair(Net one, Net other) {
    String name() {
      return "%s − %s".formatted(one.letter(), other.letter());
    }
  }

  List<Claim> claims() {
    return List.of(
        lower(
            "N5",
            "more hidden layers, lower null",
            List.of(new Pair(Net.B, Net.A), new Pair(Net.E, Net.D)),
            "--networks a,b,d,e"),
        lower(
            "N6",
            "dropout, lower null",
            ran(List.of(new Pair(Net.D, Net.A), new Pair(Net.E, Net.B), new Pair(Net.F, Net.C))),
            "--networks a,d or b,e or c,f"),
        similar(),
        convolutional());
  }

  private String in(String statement) {
    return "%s (%s, %,d images)".formatted(statement, group.optimizer().words, group.training());
  }

  private boolean ran(Pair pair) {
    List<Net> nets = runs.nets(group);
    return nets.contains(pair.one) && nets.contains(pair.other);
  }

  private List<Pair> ran(List<Pair> pairs) {
    return pairs.stream().filter(this::ran).toList();
  }

  private Effect centres(Pair pair, int epoch) {
    return Runs.centres(
        runs.of(group, pair.one), runs.of(group, pair.other), epoch, runs.set(Runs.MAIN));
  }

  private Effect accuracies(Pair pair) {
    return Runs.accuracies(runs.of(group, pair.one), runs.of(group, pair.other), commonEpoch(pair));
  }

  private int commonEpoch(Pair pair) {
    return Runs.commonEpoch(runs.of(group, pair.one), runs.of(group, pair.other));
  }

  private Quantity centre(Pair pair, int epoch) {
    return centres(pair, epoch).named("centre %s, epoch %d".formatted(pair.name(), epoch));
  }

  private Quantity accuracy(Pair pair) {
    return accuracies(pair)
        .named("validation accuracy %s, epoch %d".formatted(pair.name(), commonEpoch(pair)));
  }

  private Claim lower(String id, String words, List<Pair> pairs, String needs) {
    String statement =
        in(
            "%s: %s below 0"
                .formatted(
                    words, pairs.stream().map(Pair::name).collect(Collectors.joining(", "))));
    if (pairs.isEmpty() || !pairs.stream().allMatch(this::ran) || !runs.has(Runs.MAIN)) {
      return notTested(id, in(words), "--inputs real %s, 0.05 among --fractions".formatted(needs));
    }
    List<Quantity> quantities = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (Pair pair : pairs) {
      effects.add(centres(pair, commonEpoch(pair)));
      quantities.add(centre(pair, commonEpoch(pair)));
      quantities.add(centre(pair, 0));
    }
    Verdict verdict = Claims.sided(effects, -1);
    List<Effect> untrained = pairs.stream().map(pair -> centres(pair, 0)).toList();
    String gate =
        Claims.sided(untrained, -1) == Verdict.REPRODUCED
            ? "; so does every one before training, so not attributable to training"
            : "";
    return new Claim(
        id,
        statement,
        quantities,
        verdict,
        Claims.reason(verdict, effects, "centres") + (verdict == Verdict.REPRODUCED ? gate : ""));
  }

  private Claim similar() {
    String statement =
        in("validation accuracies of a, b, d, e are similar while their nulls differ");
    List<Net> nets = List.of(Net.A, Net.B, Net.D, Net.E);
    if (!runs.nets(group).containsAll(nets) || !runs.has(Runs.MAIN)) {
      return notTested("N7", statement, "--inputs real --networks a,b,d,e, 0.05 among --fractions");
    }
    List<Quantity> quantities = new ArrayList<>();
    List<Effect> accuracies = new ArrayList<>();
    List<Effect> centres = new ArrayList<>();
    for (int i = 0; i < nets.size(); i++) {
      for (int j = 0; j < i; j++) {
        Pair pair = new Pair(nets.get(i), nets.get(j));
        accuracies.add(accuracies(pair));
        centres.add(centres(pair, commonEpoch(pair)));
        quantities.add(accuracy(pair));
        quantities.add(centre(pair, commonEpoch(pair)));
      }
    }
    boolean alike = accuracies.stream().allMatch(effect -> effect.within(SIMILAR));
    boolean apart = accuracies.stream().anyMatch(effect -> beyond(effect, SIMILAR));
    boolean differ = centres.stream().anyMatch(effect -> beyond(effect, DIFFERENT));
    boolean same = centres.stream().allMatch(effect -> effect.within(DIFFERENT));
    Verdict verdict =
        alike && differ
            ? Verdict.REPRODUCED
            : apart || same ? Verdict.NOT_REPRODUCED : Verdict.INCONCLUSIVE;
    String reason =
        "validation accuracies %s, centres %s"
            .formatted(
                alike
                    ? "all within " + SIMILAR
                    : apart ? "further apart than " + SIMILAR : "undecided",
                differ
                    ? "further apart than " + DIFFERENT
                    : same ? "all within " + DIFFERENT : "undecided");
    return new Claim(
        "N7",
        statement,
        quantities,
        verdict,
        accuracies.get(0).decides() ? reason : Claims.reason(verdict, accuracies, ""));
  }

  private static boolean beyond(Effect effect, double bound) {
    return effect.above(bound) || effect.below(-bound);
  }

  private Claim convolutional() {
    List<Pair> pairs =
        ran(
            List.of(
                new Pair(Net.C, Net.A),
                new Pair(Net.C, Net.B),
                new Pair(Net.F, Net.D),
                new Pair(Net.F, Net.E)));
    String statement =
        in("convolutional networks have a higher null and a better validation accuracy");
    if (pairs.isEmpty() || !runs.has(Runs.MAIN)) {
      return notTested(
          "N8", statement, "--inputs real --networks a,c or d,f, 0.05 among --fractions");
    }
    List<Quantity> quantities = new ArrayList<>();
    List<Effect> centres = new ArrayList<>();
    List<Effect> accuracies = new ArrayList<>();
    for (Pair pair : pairs) {
      centres.add(centres(pair, commonEpoch(pair)));
      accuracies.add(accuracies(pair));
      quantities.add(centre(pair, commonEpoch(pair)));
      quantities.add(centre(pair, 0));
      quantities.add(accuracy(pair));
    }
    List<Effect> both = new ArrayList<>(centres);
    both.addAll(accuracies);
    Verdict verdict = Claims.sided(both, 1);
    return new Claim(
        "N8",
        statement,
        quantities,
        verdict,
        Claims.reason(verdict, both, "centres or accuracies"));
  }
}
