package io.engram.collector.http;

import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Verdicts, and what is attributable to training, in plain English. */
final class SValidationWords {
  static final String SKETCH = "a sketch, for the curve of the null's centre: no verdict";

  private SValidationWords() {}

  static String of(Verdict verdict) {
    return switch (verdict) {
      case MEMORIZED_AND_LEARNED -> "memorized and learned";
      case MEMORIZED -> "memorized, not learned";
      case LEARNED -> "learned, not memorized";
      case NEITHER -> "neither memorized nor learned";
      case BELOW_NULL -> "memorized, and the true labels do worse than permuted ones";
      case UNDECIDED -> "undecided: the scores' own noise could change the verdict";
    };
  }

  /** What a control shows. */
  static String control(Judgement judgement, String control) {
    return "%s: %s".formatted(control, of(judgement.verdict()));
  }

  /** What a checkpoint shows, whether training brought it about, and how much it added. */
  static String of(Attribution attribution) {
    String said = of(attribution.judgement().verdict()) + gate(attribution);
    return attribution.untrained() == null
        ? said
        : said
            + String.format(
                Locale.ROOT,
                "; centre %+.2f, observed %+.2f over epoch 0",
                attribution.centreIncrease(),
                attribution.observedIncrease());
  }

  private static String gate(Attribution attribution) {
    Verdict verdict = attribution.judgement().verdict();
    if (verdict == Verdict.UNDECIDED || verdict == Verdict.NEITHER) {
      return "";
    }
    return switch (attribution.attributable()) {
      case YES ->
          "; neither the untrained network nor the pixels show it: attributable to training";
      case NO -> ", but " + showing(attribution) + " it already: not attributable to training";
      case UNKNOWN -> "; not known whether by training: " + missing(attribution);
    };
  }

  private static String showing(Attribution attribution) {
    if (!attribution.pixelsShowIt()) {
      return "the untrained network shows";
    }
    return attribution.untrainedShowsIt()
        ? "the untrained network and the pixels show"
        : "the pixels show";
  }

  private static String missing(Attribution attribution) {
    List<String> gaps = new ArrayList<>();
    addGap(gaps, attribution.untrained(), "the untrained network");
    addGap(gaps, attribution.pixels(), "the pixels");
    return String.join(", ", gaps);
  }

  private static void addGap(List<String> gaps, @Nullable Judgement control, String of) {
    if (control == null) {
      gaps.add("no control of this classifier on " + of);
    } else if (control.verdict() == Verdict.UNDECIDED) {
      gaps.add("the verdict on " + of + " is undecided");
    }
  }
}
