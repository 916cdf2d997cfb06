package io.engram.trainer.experiment;

import io.engram.events.ExamplesClassified;
import io.engram.events.TrainingEvent;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.training.EventSink;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Adds up the {@link MislabelScore}s of training examples from the events of a run. */
final class MislabelScores implements EventSink {
  /** Ascending. */
  private final int[] ids;

  private final int[] presentations;
  private final double[] margin;
  private final double[] loss;
  private final double[] gradient;
  private final int[] forgotten;
  private final boolean[] right;
  private final boolean[] everRight;

  MislabelScores(ExampleSet examples) {
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
  float[] of(MislabelScore score) {
    float[] scores = new float[presentations.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] =
          (float)
              switch (score) {
                case AUM -> -margin[row] / presentations[row];
                case CSL -> loss[row];
                case FORGETTING -> everRight[row] ? forgotten[row] : Integer.MAX_VALUE;
                case CSG -> gradient[row];
                case COMBINED -> 0;
              };
    }
    return score == MislabelScore.COMBINED ? meanRanks() : scores;
  }

  private float[] meanRanks() {
    float[] sum = new float[presentations.length];
    for (MislabelScore score : MislabelScore.values()) {
      if (score != MislabelScore.COMBINED) {
        float[] shares = Ranking.shares(of(score));
        for (int row = 0; row < sum.length; row++) {
          sum[row] += shares[row] / 4;
        }
      }
    }
    return sum;
  }

  /** How well a score tells wrong labels from right ones. */
  double auroc(MislabelScore score, boolean[] wrong) {
    return Ranking.auroc(Ranking.shares(of(score)), wrong);
  }
}
