package io.engram.trainer.training;

import io.engram.events.RunStarted;
import io.engram.trainer.dataset.RunData;
import io.engram.trainer.model.NativeRuntime;
import io.engram.trainer.spec.AdversarialSpec;
import io.engram.trainer.spec.OptimizerSpec;
import io.engram.trainer.spec.OptimizerSpec.Schedule;
import io.engram.trainer.spec.RegularizationSpec;
import io.engram.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a run introduces itself, and what a checkpoint of it must agree in. */
final class RunHeader {
  private RunHeader() {}

  static RunStarted of(
      RunSpec spec, RunData data, TrainedLayers layers, int stepsPerEpoch, long resumedFrom) {
    NativeRuntime.Device device = NativeRuntime.start();
    return new RunStarted(
        data.describedDataset(),
        data.describedNoise(),
        new RunStarted.Network(
            spec.network().width() == null
                ? spec.network().name()
                : spec.network().name() + " width " + spec.network().width(),
            layers.parameters(),
            layers.names(),
            layers.unavailable()),
        new RunStarted.Training(
            inWords(spec.optimizer(), spec.regularization()),
            spec.optimizer().learningRate(),
            spec.training().batch(),
            spec.training().epochs(),
            stepsPerEpoch,
            spec.training().seed()),
        new RunStarted.Device(device.backend(), device.name()),
        resumedFrom,
        new RunStarted.Onset(
            spec.onset().falseAlarm(),
            spec.onset().noiseRate() == null ? Double.NaN : spec.onset().noiseRate()));
  }

  /** By name; two runs that agree here continue each other's checkpoints. */
  static Map<String, String> settings(RunSpec spec, RunData data) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("run", spec.run().value());
    settings.put("data", spec.data().toString());
    settings.put("data's SHA-256", data.describedDataset().sha256());
    settings.put("noise", data.describedNoise().toString());
    settings.put("canaries", spec.canaries().toString());
    settings.put("network", spec.network().toString());
    settings.put("optimizer", spec.optimizer().toString());
    settings.put("regularization", spec.regularization().toString());
    settings.put("batch", String.valueOf(spec.training().batch()));
    settings.put("seed", String.valueOf(spec.training().seed()));
    if (spec.optimizer().schedule().kind() == Schedule.Kind.COSINE) {
      settings.put("number of epochs", String.valueOf(spec.training().epochs()));
    }
    return settings;
  }

  private static String inWords(OptimizerSpec optimizer, RegularizationSpec regularization) {
    List<String> words = new ArrayList<>();
    words.add(
        optimizer.name() == OptimizerSpec.Name.MOMENTUM
            ? "momentum " + optimizer.momentum()
            : lower(optimizer.name()));
    words.add("learning rate " + optimizer.learningRate());
    Schedule schedule = optimizer.schedule();
    switch (schedule.kind()) {
      case CONSTANT -> {}
      case STEP ->
          words.add(
              "times %s every %d epochs".formatted(schedule.factor(), schedule.everyEpochs()));
      case EXPONENTIAL -> words.add("times %s an epoch".formatted(schedule.factor()));
      case COSINE -> words.add("cosine");
    }
    add(words, "L2", regularization.l2());
    add(words, "weight decay", regularization.weightDecay());
    add(words, "dropout", regularization.dropout());
    add(words, "input dropout", regularization.inputDropout());
    add(words, "input noise", regularization.inputNoise());
    add(words, "hidden noise", regularization.hiddenNoise());
    AdversarialSpec adversarial = regularization.adversarial();
    if (adversarial.isOn()) {
      words.add(
          "adversarial %s, radius %s, %d iterations"
              .formatted(adversarial.weight(), adversarial.radius(), adversarial.iterations()));
    }
    return String.join(", ", words);
  }

  private static void add(List<String> words, String name, double value) {
    if (value > 0) {
      words.add(name + " " + value);
    }
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
