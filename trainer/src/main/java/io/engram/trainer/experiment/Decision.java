package io.engram.trainer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one rule by which runs of several seeds answer claims. A claim says of one or more numbers
 * that they are above 0. It is reproduced where all their intervals over seeds lie above 0, not
 * reproduced where one lies at 0 or below it, and otherwise inconclusive; with one seed there is no
 * interval. A part of the claim that was not run leaves it open at best.
 */
public final class Decision {
  private final String id;
  private final String statement;
  private final List<Quantity> deciding = new ArrayList<>();
  private final List<Quantity> beside = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private boolean undefined;

  /**
   * @param id of the claim
   * @param statement what is claimed, testable
   */
  public Decision(String id, String statement) {
    this.id = id;
    this.statement = statement;
  }

  /** A number that is claimed to be above 0. */
  public Decision positive(String name, double... bySeed) {
    Estimate estimate = Estimate.of(bySeed);
    undefined |= Double.isNaN(estimate.value());
    deciding.add(estimate.as(name));
    return this;
  }

  /** A part of the claim that was not run. */
  public Decision missing(String part) {
    missing.add(part);
    return this;
  }

  /** A number that decides nothing. */
  public Decision beside(Quantity quantity) {
    beside.add(quantity);
    return this;
  }

  /** What the numbers say. */
  public Claim claim() {
    List<Quantity> all = new ArrayList<>(deciding);
    all.addAll(beside);
    if (deciding.isEmpty()) {
      return new Claim(id, statement, all, Verdict.NOT_TESTED, "no run of it has ended yet");
    }
    List<Quantity> against = deciding.stream().filter(each -> each.high() <= 0).toList();
    List<Quantity> open = deciding.stream().filter(each -> !(each.low() > 0)).toList();
    if (!against.isEmpty()) {
      return new Claim(
          id, statement, all, Verdict.NOT_REPRODUCED, "not above 0: " + names(against));
    }
    if (open.isEmpty() && !missing.isEmpty()) {
      return new Claim(
          id,
          statement,
          all,
          Verdict.INCONCLUSIVE,
          "what was run holds; not run: " + String.join(", ", missing));
    }
    if (open.isEmpty()) {
      return new Claim(
          id, statement, all, Verdict.REPRODUCED, "every interval over seeds lies above 0");
    }
    String why =
        undefined
            ? "a number is not defined in some seed: "
            : open.stream().anyMatch(each -> Double.isNaN(each.low()))
                ? "one seed has no interval: "
                : "the interval holds 0: ";
    return new Claim(id, statement, all, Verdict.INCONCLUSIVE, why + names(open));
  }

  private static String names(List<Quantity> quantities) {
    return quantities.stream().map(Quantity::name).collect(Collectors.joining(", "));
  }
}
