package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.aggregate.ScoredEvents;
import io.engram.events.svalidation.Attribution;
import io.engram.events.svalidation.Judgement;
import io.engram.events.svalidation.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SValidationWordsTest {
  private static final Judgement BOTH = judged(1_700, 1_400);
  private static final Judgement NEITHER = judged(1_000, 1_000);
  private static final Judgement UNDECIDED = judged(1_400, 1_041);
  private static final Judgement BELOW = judged(1_200, 1_400);

  private static Judgement judged(int observed, int centre) {
    return Judgement.of(ScoredEvents.scores(observed, centre), 2_000, 1_000);
  }

  @Test
  void eachVerdictHasItsOwnWords() {
    assertThat(Arrays.stream(Verdict.values()).map(SValidationWords::of)).doesNotHaveDuplicates();
  }

  @Test
  void oneControlIsNamed() {
    assertThat(SValidationWords.of(Attribution.of(BOTH, BOTH, NEITHER)))
        .startsWith("memorized and learned, but the untrained network shows it already: not");
    assertThat(SValidationWords.of(Attribution.of(BOTH, null, BOTH)))
        .isEqualTo(
            "memorized and learned, but the pixels show it already: not attributable to training");
  }

  @Test
  void whatIsNotDecidedIsSaid() {
    assertThat(UNDECIDED.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(SValidationWords.of(Attribution.of(BOTH, UNDECIDED, NEITHER)))
        .contains(
            "not known whether by training: the verdict on the untrained network is undecided");
    assertThat(SValidationWords.of(Attribution.of(UNDECIDED, NEITHER, NEITHER)))
        .startsWith("undecided: the scores' own noise could change the verdict; centre +0.02");
  }

  @Test
  void aDecreaseIsOne() {
    assertThat(SValidationWords.of(Attribution.of(BELOW, BOTH, NEITHER)))
        .endsWith("centre +0.00, observed -0.25 over epoch 0");
  }
}
