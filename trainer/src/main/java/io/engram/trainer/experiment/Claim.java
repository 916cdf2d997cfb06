package io.engram.trainer.experiment;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement of a paper and what the experiment says about it.
 *
 * @param id as in the list of claims, {@code A1}
 * @param statement what is claimed, testable
 * @param quantities the numbers that decide
 * @param verdict what they say
 * @param reason why they say so, one line
 */
public record Claim(
    String id, String statement, List<Quantity> quantities, Verdict verdict, String reason) {
  public Claim {
    quantities = List.copyOf(quantities);
  }

  /** The numbers in one line. */
  public String numbers() {
    return quantities.stream().map(Quantity::toString).collect(Collectors.joining("; "));
  }
}
