package io.engram.trainer.training;

import io.engram.events.Evaluation;
import io.engram.events.LabelGroup;
import io.engram.events.Split;
import io.engram.trainer.dataset.ExampleSet;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.Networks;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Evaluates a network as it is, dropout and noise off: the whole training set against its given
 * labels, in label groups; against the true labels where any were changed; and the validation set.
 */
final class Evaluator implements AutoCloseable {
  private static final int BATCH_VALUES = 1_000 * 28 * 28;

  private final RunData data;
  private final Outputs outputs;

  /** The same parameters with the logits as outputs. */
  private final MultiLayerNetwork logits;

  private final InputArrays arrays;

  /**
   * @param configuration of the network, unwatched
   * @param network whose parameters are evaluated, now and after every change
   */
  Evaluator(
      MultiLayerConfiguration configuration,
      MultiLayerNetwork network,
      RunData data,
      Outputs outputs) {
    this.data = data;
    this.outputs = outputs;
    MultiLayerConfiguration twin = configuration.clone();
    int last = twin.getConfs().size() - 1;
    ((BaseOutputLayer) twin.getConf(last).getLayer()).setActivationFn(new ActivationIdentity());
    logits = new MultiLayerNetwork(twin);
    logits.init(network.params(), false);
    arrays = new InputArrays(n -> Networks.inputShape(logits, data.training().shape(), n));
  }

  List<Evaluation> evaluate() {
    ExampleSet training = data.training();
    boolean changed = data.describedNoise().labelsFlipped() > 0;
    Tally given = new Tally(Split.TRAIN);
    Tally truth = new Tally(Split.TRAIN_TRUE);
    Tally validation = new Tally(Split.VALIDATION);
    forEach(
        training,
        (row, values, at) -> {
          LabelGroup group = training.flipped(row) ? LabelGroup.FLIPPED : LabelGroup.CLEAN;
          given.add(group, values, at, training.givenLabel(row));
          truth.add(group, values, at, training.trueLabel(row));
        });
    ExampleSet held = data.validation();
    forEach(
        held,
        (row, values, at) -> validation.add(LabelGroup.CLEAN, values, at, held.givenLabel(row)));
    List<Evaluation> evaluations = new ArrayList<>(given.evaluations(changed));
    if (changed) {
      evaluations.addAll(truth.evaluations(true));
    }
    if (held.size() > 0) {
      evaluations.addAll(validation.evaluations(false));
    }
    return evaluations;
  }

  private interface Row {
    /**
     * @param values logits of several examples
     * @param at whose turn it is among them
     */
    void see(int row, float[] values, int at);
  }

  private void forEach(ExampleSet examples, Row consumer) {
    int size = examples.shape().size();
    int batch = Math.max(1, BATCH_VALUES / size);
    for (int from = 0; from < examples.size(); from += batch) {
      int count = Math.min(batch, examples.size() - from);
      float[] inputs = new float[count * size];
      for (int i = 0; i < count; i++) {
        examples.copyInput(from + i, inputs, i * size);
      }
      float[] values = logits(inputs, count);
      for (int i = 0; i < count; i++) {
        consumer.see(from + i, values, i);
      }
    }
  }

  private float[] logits(float[] inputs, int count) {
    try (INDArray output = logits.output(arrays.fill(count, inputs), false);
        INDArray byRow = output.dup('c')) {
      return byRow.data().asFloat();
    } finally {
      logits.clear();
    }
  }

  @Override
  public void close() {
    arrays.close();
  }

  private final class Tally {
    private final Split split;
    private final long[] examples = new long[LabelGroup.values().length];
    private final long[] correct = new long[LabelGroup.values().length];
    private final double[] loss = new double[LabelGroup.values().length];

    Tally(Split split) {
      this.split = split;
    }

    void add(LabelGroup group, float[] values, int at, int label) {
      examples[group.ordinal()]++;
      correct[group.ordinal()] += outputs.predicted(values, at) == label ? 1 : 0;
      loss[group.ordinal()] += outputs.loss(values, at, label);
    }

    List<Evaluation> evaluations(boolean flippedToo) {
      List<Evaluation> all = new ArrayList<>();
      all.add(evaluation(LabelGroup.CLEAN));
      if (flippedToo) {
        all.add(evaluation(LabelGroup.FLIPPED));
      }
      return all;
    }

    private Evaluation evaluation(LabelGroup group) {
      int g = group.ordinal();
      return new Evaluation(split, group, examples[g], correct[g], loss[g]);
    }
  }
}
