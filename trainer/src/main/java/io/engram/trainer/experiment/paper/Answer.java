package io.engram.trainer.experiment.paper;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the report says about a claim.
 *
 * @param claim the claim
 * @param ran what was run, a line; empty for nothing
 * @param parts what the studies say
 * @param without why there is no verdict, where no run speaks of it
 */
record Answer(PaperClaim claim, String ran, List<Claim> parts, String without) {
  static final String NO_BUDGET = "not run at this budget";
  static final String NO_SCALE = "not run at this scale";
  static final String NOT_TESTABLE = "not testable here";

  /**
   * The verdict of a claim of several parts: reproduced where all are, not reproduced where one is
   * not, otherwise inconclusive. Parts that were not tested do not count; null where none was.
   */
  @Nullable Verdict verdict() {
    List<Verdict> verdicts =
        parts.stream().map(Claim::verdict).filter(v -> v != Verdict.NOT_TESTED).toList();
    if (verdicts.isEmpty()) {
      return null;
    }
    if (verdicts.contains(Verdict.NOT_REPRODUCED)) {
      return Verdict.NOT_REPRODUCED;
    }
    return verdicts.contains(Verdict.INCONCLUSIVE) ? Verdict.INCONCLUSIVE : Verdict.REPRODUCED;
  }

  /** In the table. */
  String word() {
    Verdict verdict = verdict();
    if (verdict == null) {
      return without;
    }
    long tested = parts.stream().filter(part -> part.verdict() != Verdict.NOT_TESTED).count();
    long held = parts.stream().filter(part -> part.verdict() == Verdict.REPRODUCED).count();
    return switch (verdict) {
      case REPRODUCED -> "✓";
      case NOT_REPRODUCED -> tested > 1 ? "✗ (%d of %d parts hold)".formatted(held, tested) : "✗";
      case INCONCLUSIVE, NOT_TESTED -> "inconclusive";
    };
  }

  /** The numbers that decide, one line. */
  String numbers() {
    return parts.stream()
        .filter(part -> part.verdict() != Verdict.NOT_TESTED)
        .map(Claim::numbers)
        .filter(numbers -> !numbers.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  /**
   * What was seen and what might decide it, or why what was run cannot tell; empty where it was
   * reproduced or not run.
   */
  String paragraph() {
    Verdict verdict = verdict();
    if (verdict == null) {
      return without.equals(NOT_TESTABLE)
          ? parts.stream()
              .map(part -> "%s: %s.".formatted(part.statement(), part.reason()))
              .distinct()
              .collect(Collectors.joining(" ", "Not testable here: ", ""))
          : "";
    }
    if (verdict == Verdict.REPRODUCED) {
      return "";
    }
    String seen =
        parts.stream()
            .filter(
                part ->
                    part.verdict() == Verdict.NOT_REPRODUCED
                        || part.verdict() == Verdict.INCONCLUSIVE)
            .map(part -> "%s: %s.".formatted(part.statement(), part.reason()))
            .collect(Collectors.joining(" "));
    return "Seen: %s Larger sizes might decide it: %s.".formatted(seen, claim.larger());
  }
}
