package io.engram.trainer.experiment.mislabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidentLearningTest {
  /** By the definitions, one example at a time. */
  @Test
  void isWhatTheDefinitionsSay() {
    Random random = new Random(3);
    int n = 200;
    int classes = 4;
    float[][] p = new float[n][classes];
    int[] given = new int[n];
    boolean[] wrong = new boolean[n];
    for (int i = 0; i < n; i++) {
      given[i] = random.nextInt(classes);
      wrong[i] = random.nextInt(4) == 0;
      float sum = 0;
      for (int k = 0; k < classes; k++) {
        p[i][k] = random.nextFloat();
        sum += p[i][k];
      }
      for (int k = 0; k < classes; k++) {
        p[i][k] /= sum;
      }
    }

    ConfidentLearning found = ConfidentLearning.of(p, given);

    int flagged = 0;
    int both = 0;
    int all = 0;
    for (int i = 0; i < n; i++) {
      float largestOther = -1;
      int confident = -1;
      for (int k = 0; k < classes; k++) {
        if (k != given[i]) {
          largestOther = Math.max(largestOther, p[i][k]);
        }
        if (p[i][k] >= meanAmongGiven(p, given, k)
            && (confident == -1 || p[i][k] > p[i][confident])) {
          confident = k;
        }
      }
      boolean flag = confident != -1 && confident != given[i];
      assertThat(found.selfConfidence()[i]).isEqualTo(-p[i][given[i]]);
      assertThat(found.normalizedMargin()[i]).isEqualTo(largestOther - p[i][given[i]]);
      assertThat(found.flagged()[i]).isEqualTo(flag);
      flagged += flag ? 1 : 0;
      both += flag && wrong[i] ? 1 : 0;
      all += wrong[i] ? 1 : 0;
    }
    assertThat(flagged).isPositive();
    assertThat(found.precision(wrong)).isEqualTo((double) both / flagged);
    assertThat(found.recall(wrong)).isEqualTo((double) both / all);
  }

  private static double meanAmongGiven(float[][] p, int[] given, int label) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < given.length; i++) {
      if (given[i] == label) {
        sum += p[i][label];
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void everyRowIsHeldOutOnceAndTrainedOnInAllOtherFolds() {
    CrossValidation split = new CrossValidation(23, 5, 1);
    int[] held = new int[23];
    int[] trained = new int[23];
    for (int fold = 0; fold < 5; fold++) {
      assertThat(split.heldOut(fold)).hasSizeBetween(4, 5);
      for (int row : split.heldOut(fold)) {
        held[row]++;
      }
      for (int row : split.trained(fold)) {
        trained[row]++;
      }
      assertThat(split.trained(fold)).doesNotContain(split.heldOut(fold));
    }

    assertThat(held).containsOnly(1);
    assertThat(trained).containsOnly(4);
  }
}
