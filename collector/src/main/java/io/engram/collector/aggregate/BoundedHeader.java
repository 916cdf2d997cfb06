package io.engram.collector.aggregate;

import io.engram.events.RunStarted;
import java.util.List;

/** A run's header without what would be too much to keep and to label series with. */
final class BoundedHeader {
  /** Characters of a name or a description. */
  static final int LONGEST_NAME = 256;

  private static final int MOST_UNAVAILABLE = 64;

  private BoundedHeader() {}

  /** Names cut to {@value #LONGEST_NAME} characters, lists to what a run may have. */
  static RunStarted of(RunStarted header) {
    RunStarted.Dataset data = header.dataset();
    RunStarted.Noise noise = header.noise();
    RunStarted.Network network = header.network();
    RunStarted.Training training = header.training();
    return new RunStarted(
        new RunStarted.Dataset(
            cut(data.name()),
            cut(data.sha256()),
            data.trainingExamples(),
            data.validationExamples(),
            data.classes(),
            data.height(),
            data.width(),
            data.channels(),
            data.inputMean(),
            data.inputStandardDeviation()),
        new RunStarted.Noise(
            cut(noise.inputs()),
            noise.inputShare(),
            noise.inputsReplaced(),
            cut(noise.labels()),
            noise.labelShare(),
            noise.labelsSelected(),
            noise.labelsFlipped()),
        new RunStarted.Network(
            cut(network.name()),
            network.parameters(),
            cut(network.layers(), Runs.MOST_LAYERS_OF_A_RUN),
            cut(network.unavailable(), MOST_UNAVAILABLE)),
        new RunStarted.Training(
            cut(training.optimizer()),
            training.learningRate(),
            training.batchSize(),
            training.epochs(),
            training.stepsPerEpoch(),
            training.seed()),
        new RunStarted.Device(cut(header.device().backend()), cut(header.device().name())),
        header.resumedFromStep(),
        header.onset());
  }

  static String cut(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
  }

  private static List<String> cut(List<String> names, int most) {
    return names.stream().limit(most).map(BoundedHeader::cut).toList();
  }
}
