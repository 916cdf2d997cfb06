package io.engram.trainer.experiment.mislabel;

import io.engram.collector.aggregate.MislabelScore;
import io.engram.events.ExamplesClassified;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.training.EventSink;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Every score again, straight from its definition. */
final class NaiveMislabelScores implements EventSink {
  /** Ascending. */
  private final int[] ids;

  private final int[] presentations;
  private final double[] margin;
  private final double[] loss;
  private final double[] gradient;
  private final int[] forgotten;
  private final boolean[] right;
  private final boolean[] everRight;

  NaiveMislabelScores(ExampleSet examples) {
    int n = examples.size();
    ids = IntStream.range(0, n).map(examples::id).toArray();
    presentations = new int[n];
    margin = new double[n];
    loss = new double[n];
    gradient = new double[n];
    forgotten = new int[n];
    right = new boolean[n];
    everRight = new boolean[n];
  }

  @Override
  public void emit(int epoch, long step, TrainingEvent event) {
    if (event instanceof ExamplesClassified classified) {
      for (int i = 0; i < classified.ids().length; i++) {
        add(Arrays.binarySearch(ids, classified.ids()[i]), i, classified);
      }
    }
  }

  private void add(int row, int i, ExamplesClassified event) {
    presentations[row]++;
    margin[row] += event.margin()[i];
    loss[row] += event.loss()[i];
    double norm = event.inputGradientL2().length == 0 ? Double.NaN : event.inputGradientL2()[i];
    gradient[row] += norm * norm;
    boolean now = event.predicted()[i] == event.given()[i];
    forgotten[row] += right[row] && !now ? 1 : 0;
    right[row] = now;
    everRight[row] |= now;
  }

  /** Of each row; the higher, the likelier is its label wrong. */
  private double[] of(MislabelScore score) {
    double[] scores = new double[presentations.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] =
          switch (score) {
            case AUM -> -margin[row] / presentations[row];
            case CSL -> loss[row];
            case FORGETTING -> everRight[row] ? forgotten[row] : Integer.MAX_VALUE;
            case CSG -> gradient[row];
            case COMBINED -> meanRank(row);
          };
    }
    return scores;
  }

  private double meanRank(int row) {
    return Arrays.stream(MislabelScore.values())
        .filter(score -> score != MislabelScore.COMBINED && score != MislabelScore.FORGETTING)
        .mapToDouble(score -> rank(of(score), row))
        .average()
        .orElseThrow();
  }

  private static double rank(double[] scores, int row) {
    double rank = 0.5;
    for (double score : scores) {
      rank += score < scores[row] ? 1 : score == scores[row] ? 0.5 : 0;
    }
    return rank;
  }

  /** Share of the pairs of a wrong and a right label that are in order, half of the ties. */
  double auroc(MislabelScore score, boolean[] wrong) {
    double[] scores = of(score);
    double inOrder = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (wrong[i] && !wrong[j]) {
          pairs++;
          inOrder += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return inOrder / pairs;
  }
}
