package io.engram.events;

import java.util.List;

/**
 * The header of a run, first event of every incarnation.
 *
 * @param dataset what is trained on
 * @param noise what was changed in it on purpose
 * @param network what is trained
 * @param training how it is trained
 * @param device where it is trained
 * @param resumedFromStep the step of the checkpoint that this incarnation continues, or -1 for a
 *     fresh start
 * @param onset what the collector's onset detectors are told
 */
public record RunStarted(
    Dataset dataset,
    Noise noise,
    Network network,
    Training training,
    Device device,
    long resumedFromStep,
    Onset onset)
    implements TrainingEvent {

  /** A header of a run that leaves the onset detectors at their defaults. */
  public RunStarted(
      Dataset dataset,
      Noise noise,
      Network network,
      Training training,
      Device device,
      long resumedFromStep) {
    this(dataset, noise, network, training, device, resumedFromStep, Onset.DEFAULT);
  }

  /**
   * @param name data set by name, with its subset and pooling where there are any
   * @param sha256 hash of the training data as read, lower-case hexadecimal
   * @param trainingExamples examples of one epoch, canaries left out
   * @param validationExamples examples kept apart
   * @param classes number of classes
   * @param height pixels
   * @param width pixels
   * @param channels 1 for grey, 3 for colour
   * @param inputMean subtracted from pixel/255 before the network sees it
   * @param inputStandardDeviation divides it afterwards
   */
  public record Dataset(
      String name,
      String sha256,
      int trainingExamples,
      int validationExamples,
      int classes,
      int height,
      int width,
      int channels,
      double inputMean,
      double inputStandardDeviation) {}

  /**
   * @param inputs kind of the input noise, {@code none} where there is none
   * @param inputShare the share of training inputs that was asked for, 0 to 1
   * @param inputsReplaced training inputs that were replaced
   * @param labels kind of the label noise, {@code none} where there is none
   * @param labelShare the share of training labels that was asked for, 0 to 1
   * @param labelsSelected training labels that were drawn anew
   * @param labelsFlipped training labels that differ from the true ones afterwards
   */
  public record Noise(
      String inputs,
      double inputShare,
      int inputsReplaced,
      String labels,
      double labelShare,
      int labelsSelected,
      int labelsFlipped) {}

  /**
   * @param name name or description of the architecture
   * @param parameters number of trained parameters
   * @param layers names of the layers that have parameters, from input to output
   * @param unavailable measurements that this network does not allow, each with its reason
   */
  public record Network(
      String name, long parameters, List<String> layers, List<String> unavailable) {
    public Network {
      layers = List.copyOf(layers);
      unavailable = List.copyOf(unavailable);
    }
  }

  /**
   * @param optimizer optimizer and regularizers in words
   * @param learningRate at step 0
   * @param batchSize examples of a step; the last of an epoch may have fewer
   * @param epochs epochs that are planned
   * @param stepsPerEpoch steps of an epoch
   * @param seed fixes everything random in the run
   */
  public record Training(
      String optimizer,
      double learningRate,
      int batchSize,
      int epochs,
      int stepsPerEpoch,
      long seed) {}

  /**
   * @param backend {@code cpu} or {@code cuda}
   * @param name the processor or accelerator
   */
  public record Device(String backend, String name) {}

  /**
   * @param falseAlarm how probable an alarm may be over a whole run without memorization, greater
   *     than 0 and less than 1
   * @param noiseRate the share of wrong labels among the given ones, 0 to 1, or NaN where it is not
   *     known
   */
  public record Onset(double falseAlarm, double noiseRate) {
    /** One false alarm in a hundred runs; nothing known about the noise. */
    public static final Onset DEFAULT = new Onset(0.01, Double.NaN);

    /**
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Onset {
      if (!(falseAlarm > 0 && falseAlarm < 1)) {
        throw new IllegalArgumentException(
            "falseAlarm is %s, must be between 0 and 1".formatted(falseAlarm));
      }
      if (noiseRate < 0 || noiseRate > 1) {
        throw new IllegalArgumentException(
            "noiseRate is %s, must be between 0 and 1".formatted(noiseRate));
      }
    }
  }

  @Override
  public void accept(EventEnvelope envelope, TrainingEventHandler handler) {
    handler.onRunStarted(envelope, this);
  }
}
