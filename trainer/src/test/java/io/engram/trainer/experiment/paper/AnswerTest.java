package io.engram.trainer.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.trainer.experiment.Claim;
import io.engram.trainer.experiment.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void aClaimOfSeveralPartsHoldsWhereAllDo() {
    assertThat(word(Verdict.REPRODUCED, Verdict.REPRODUCED)).isEqualTo("✓");
    assertThat(word(Verdict.REPRODUCED, Verdict.NOT_TESTED)).isEqualTo("✓");
    assertThat(word(Verdict.REPRODUCED, Verdict.NOT_REPRODUCED)).isEqualTo("✗ (1 of 2 parts hold)");
    assertThat(word(Verdict.NOT_REPRODUCED)).isEqualTo("✗");
    assertThat(word(Verdict.REPRODUCED, Verdict.INCONCLUSIVE)).isEqualTo("inconclusive");
    assertThat(word(Verdict.NOT_TESTED)).isEqualTo(Answer.NO_BUDGET);
    assertThat(word()).isEqualTo(Answer.NO_BUDGET);
  }

  @Test
  void whatWasRunAndCannotTellIsNotSaidToBeLeftOut() {
    Claim part = new Claim("A1", "it differs", List.of(), Verdict.NOT_TESTED, "needs a direction");
    Answer answer = new Answer(PaperClaim.ALL.get(0), "", List.of(part, part), Answer.NOT_TESTABLE);

    assertThat(answer.word()).isEqualTo("not testable here");
    assertThat(answer.paragraph()).isEqualTo("Not testable here: it differs: needs a direction.");
    assertThat(new Answer(PaperClaim.ALL.get(0), "", List.of(part), Answer.NO_BUDGET).paragraph())
        .isEmpty();
  }

  private static String word(Verdict... verdicts) {
    List<Claim> parts =
        List.of(verdicts).stream()
            .map(verdict -> new Claim("A1", "", List.of(), verdict, ""))
            .toList();
    return new Answer(PaperClaim.ALL.get(0), "", parts, Answer.NO_BUDGET).word();
  }
}
