package io.engram.collector.aggregate;

import io.engram.events.LabelGroup;
import io.engram.events.Split;

/** Names of the series that a run keeps. Every step or epoch is a point. */
public final class SeriesNames {
  /** Mean cross-entropy of each step, training mode, nats. */
  public static final String STEP_LOSS = "step_loss";

  /** Share of correct predictions of each step, training mode, 0 to 1. */
  public static final String STEP_ACCURACY = "step_accuracy";

  /** Learning rate of each step. */
  public static final String LEARNING_RATE = "learning_rate";

  /** L2 norm of each step's gradient over all layers. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Prediction changes between consecutive presentations in each epoch. */
  public static final String PREDICTION_CHANGES = "prediction_changes";

  private SeriesNames() {}

  /** L2 norm of each step's gradient in a layer. */
  public static String gradientNorm(String layer) {
    return "gradient_norm/" + layer;
  }

  /** Update norm divided by parameter norm of each step in a layer. */
  public static String updateRatio(String layer) {
    return "update_ratio/" + layer;
  }

  /** Share, after each step, of a group's training examples whose last prediction was as given. */
  public static String examplesLearned(LabelGroup labels) {
    return "examples_learned/" + labels.label();
  }

  /** Mean cross-entropy of a split in each evaluation, nats. */
  public static String loss(Split split) {
    return "loss/" + split.label();
  }

  /** The same for one label group; kept for splits that have flipped labels. */
  public static String loss(Split split, LabelGroup labels) {
    return loss(split) + "/" + labels.label();
  }

  /** Share of correct predictions of a split in each evaluation, 0 to 1. */
  public static String accuracy(Split split) {
    return "accuracy/" + split.label();
  }

  /** The same for one label group; kept for splits that have flipped labels. */
  public static String accuracy(Split split, LabelGroup labels) {
    return accuracy(split) + "/" + labels.label();
  }
}
