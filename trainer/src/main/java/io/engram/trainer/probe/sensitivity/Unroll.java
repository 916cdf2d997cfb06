package io.engram.trainer.probe.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

/**
 * Loss-sensitivity of Arpit et al. 2017, §3.2: the derivative of the loss after t updates of plain
 * SGD by the inputs of the examples that they used, by reverse mode through the updates (as
 * Maclaurin et al. 2015), in double precision. Exact but for rounding: with w(s+1) = w(s) - rate ·
 * gradient of the mean loss of batch s, the adjoint of w(t), which is the gradient of L(t), goes
 * back through every update by {@link ReverseStep}, and leaves in each what it has to do with the
 * inputs of its batch. An example that several updates used gets the sum.
 *
 * <p>L(t) is the mean loss over all tracked examples (CHOSEN: the paper says “the average loss”).
 * Its direct dependence on its own inputs is left out.
 *
 * <p>Cost of a measurement: for each update about four times the arithmetic of a training step on
 * its batch, for each class with a class matrix; memory 8 bytes an input of every tracked example,
 * for each class with a class matrix.
 *
 * <p>Not safe for threads.
 */
public final class Unroll {
  /** An adjoint whose L2 norm is larger has diverged. */
  public static final double DIVERGED = 1e12;

  private static final long MEMORY = 64L << 20;

  private final Perceptron network;
  private final TrainingRows examples;
  private final double decay;
  private final int[] tracked;
  private final int[] places;
  private final LossGradients losses;

  /**
   * @param decay L2 coefficient c of the training loss, c/2 · ||weights||², 0 for none
   * @param tracked rows of the examples whose mean loss it is, and by whose inputs it is
   *     differentiated; without duplicates
   * @param byClass whether for each class too
   */
  public Unroll(
      Perceptron network, TrainingRows examples, double decay, int[] tracked, boolean byClass) {
    this.network = network;
    this.examples = examples;
    this.decay = decay;
    this.tracked = tracked.clone();
    places = new int[examples.size()];
    Arrays.fill(places, -1);
    for (int i = 0; i < tracked.length; i++) {
      places[tracked[i]] = i;
    }
    losses = new LossGradients(network, examples, tracked, byClass);
  }

  /**
   * Measures after several numbers of updates at once.
   *
   * @param steps those numbers, ascending; each after {@code trajectory.first()} and none after its
   *     end
   * @param updates how many of the last updates to go back through; fewer where the trajectory has
   *     fewer
   * @return one for each
   * @throws CancellationException if the thread is interrupted meanwhile
   */
  public List<Sensitivity> measure(Trajectory trajectory, long[] steps, long updates) {
    long bytes = 8L * losses.size() * tracked.length * network.inputs();
    int together = (int) Math.max(1, Math.min(steps.length, MEMORY / Math.max(1, bytes)));
    List<Sensitivity> measured = new ArrayList<>();
    for (int from = 0; from < steps.length; from += together) {
      int to = Math.min(from + together, steps.length);
      measured.addAll(together(trajectory, Arrays.copyOfRange(steps, from, to), updates));
    }
    return measured;
  }

  private List<Sensitivity> together(Trajectory trajectory, long[] steps, long updates) {
    List<Adjoint> adjoints = new ArrayList<>();
    for (long step : steps) {
      long begin = Math.max(trajectory.first(), step - updates);
      adjoints.add(new Adjoint(network, tracked.length, losses.size(), begin, step));
    }
    long begin = adjoints.stream().mapToLong(Adjoint::begin).min().orElseThrow();
    long end = steps[steps.length - 1];
    int batch =
        (int) LongStream.range(begin, end).map(s -> trajectory.rows(s).length).max().orElseThrow();
    BatchPass pass = new BatchPass(network, examples, batch);
    ReverseStep reverse = new ReverseStep(network, decay, batch);
    double[] parameters = new double[network.parameters()];
    for (long step = end; step >= begin; step--) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while going back through training");
      }
      long at = step;
      trajectory.parameters(at, parameters);
      List<Adjoint> active = adjoints.stream().filter(a -> a.reaches(at)).toList();
      if (!active.isEmpty()) {
        int[] rows = trajectory.rows(at);
        int[] used = Arrays.stream(rows).map(row -> places[row]).toArray();
        double rate = trajectory.learningRate(at);
        pass.run(parameters, rows, 1.0 / rows.length);
        active.forEach(a -> a.back(reverse, pass, parameters, rate, used));
      }
      adjoints.stream().filter(a -> a.end() == at).forEach(a -> a.start(losses, parameters));
    }
    int[] labels = Arrays.stream(tracked).map(examples::label).toArray();
    return adjoints.stream().map(a -> a.result(labels)).toList();
  }
}
