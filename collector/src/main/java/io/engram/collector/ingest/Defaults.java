package io.engram.collector.ingest;

import io.engram.events.LabelGroup;
import io.engram.events.RunStarted;
import io.engram.events.TrainerReported;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands for components that are left out. All others must be there. */
final class Defaults {
  private static final String TRUE_LABELS = "ExamplesDescribed.trueLabels";
  private static final int NOT_KNOWN = -1;
  private static final Map<String, @Nullable Object> VALUES = new HashMap<>();

  static {
    VALUES.put("Line.timestampMillis", null);
    VALUES.put("RunStarted.noise", new RunStarted.Noise("none", 0, 0, "none", 0, 0, 0));
    VALUES.put("RunStarted.network", new RunStarted.Network("", 0, List.of(), List.of()));
    VALUES.put("RunStarted.device", new RunStarted.Device("cpu", ""));
    VALUES.put("RunStarted.resumedFromStep", -1L);
    VALUES.put("RunStarted.onset", RunStarted.Onset.DEFAULT);
    VALUES.put("Dataset.sha256", "");
    VALUES.put("Dataset.validationExamples", 0);
    VALUES.put("Dataset.height", 1);
    VALUES.put("Dataset.width", 1);
    VALUES.put("Dataset.channels", 1);
    VALUES.put("Dataset.inputMean", 0.0);
    VALUES.put("Dataset.inputStandardDeviation", 1.0);
    VALUES.put("Noise.inputs", "none");
    VALUES.put("Noise.inputShare", 0.0);
    VALUES.put("Noise.inputsReplaced", 0);
    VALUES.put("Noise.labels", "none");
    VALUES.put("Noise.labelShare", 0.0);
    VALUES.put("Noise.labelsSelected", 0);
    VALUES.put("Noise.labelsFlipped", 0);
    VALUES.put("Network.parameters", 0L);
    VALUES.put("Network.layers", List.of());
    VALUES.put("Network.unavailable", List.of());
    VALUES.put("Training.optimizer", "");
    VALUES.put("Training.learningRate", Double.NaN);
    VALUES.put("Training.seed", 0L);
    VALUES.put("Onset.falseAlarm", RunStarted.Onset.DEFAULT.falseAlarm());
    VALUES.put("Onset.noiseRate", RunStarted.Onset.DEFAULT.noiseRate());
    VALUES.put(TRUE_LABELS, new int[0]);
    VALUES.put("ExamplesClassified.inputGradientL1", new float[0]);
    VALUES.put("ExamplesClassified.inputGradientL2", new float[0]);
    VALUES.put("ExamplesClassified.gradientNorm", new float[0]);
    VALUES.put("ExamplesClassified.layerGradientNorms", new float[0]);
    VALUES.put("LossSensitivityMeasured.classes", 0);
    VALUES.put("LossSensitivityMeasured.classMatrix", new double[0]);
    VALUES.put("PredictionsMonitored.top", new int[0]);
    VALUES.put("PredictionsMonitored.givenProbability", new float[0]);
    VALUES.put("PredictionsMonitored.givenRank", new int[0]);
    VALUES.put("Evaluation.labels", LabelGroup.CLEAN);
    VALUES.put("CheckpointsKept.beforeOnset", (long) NOT_KNOWN);
    VALUES.put("TrainerReported.state", TrainerReported.State.RUNNING);
    VALUES.put("TrainerReported.dropped", Map.of());
    VALUES.put("TrainerReported.spool", TrainerReported.Spool.NONE);
    VALUES.put("Spool.bytes", 0L);
    VALUES.put("Spool.waiting", 0L);
    VALUES.put("Spool.failures", 0L);
    VALUES.put("Spool.quotaBytes", 0L);
    VALUES.put("Spool.lagMillis", 0L);
    VALUES.put("RunFinished.detail", "");
  }

  private Defaults() {}

  static Set<String> keys() {
    return VALUES.keySet();
  }

  static boolean has(String key) {
    return VALUES.containsKey(key);
  }

  /**
   * @param before the record's components before it; of them true labels depend on the ids, the
   *     second
   */
  static @Nullable Object of(String key, @Nullable Object[] before) {
    if (key.equals(TRUE_LABELS) && before[1] instanceof int[] ids) {
      int[] unknown = new int[ids.length];
      Arrays.fill(unknown, NOT_KNOWN);
      return unknown;
    }
    return VALUES.get(key);
  }
}
