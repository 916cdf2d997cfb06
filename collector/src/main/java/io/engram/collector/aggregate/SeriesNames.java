package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import io.engram.events.LabelGroup;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /** L2 norm of all parameters before each step's update. */
  public static final String PARAMETER_NORM = "parameter_norm";

  /** Effective rank of the covariance of per-example gradients of the last layer. */
  public static final String GRADIENT_EFFECTIVE_RANK = "gradient_effective_rank";

  /** Sum of the eigenvalues of the same. */
  public static final String GRADIENT_COVARIANCE_TRACE = "gradient_covariance_trace";

  /** Agreement of the monitored training examples less that of the hold-out in each look. */
  public static final String AGREEMENT_GAP = "agreement_gap";

  private SeriesNames() {}

  /**
   * What each look shows of the monitored examples of a role, see {@link RoleLook}: agreement with
   * the given label, that of the exponential mean, confidence, log-probability of the given label,
   * share of changed predictions, and for canaries and ghosts the rank of their label and its z.
   */
  public static List<String> monitored(ExampleRole role) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "agreement/",
                "agreement_mean/",
                "confidence/",
                "log_probability/",
                "changed_predictions/"));
    if (role == ExampleRole.CANARY || role == ExampleRole.GHOST) {
      names.add("label_rank/");
      names.add("label_rank_z/");
    }
    return names.stream().map(name -> name + label(role)).toList();
  }

  /** The value of the {@code role} or {@code verdict} label: the name in lower case. */
  public static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Share of a search's examples that have a critical sample within a radius, 0 to 1. */
  public static String criticalSampleRatio(Split split, String radius) {
    return "csr/" + split.label() + "/" + radius;
  }

  /** Lower end of its 95 % interval. */
  public static String criticalSampleRatioLower(Split split, String radius) {
    return criticalSampleRatio(split, radius) + "/lower";
  }

  /** Upper end of its 95 % interval. */
  public static String criticalSampleRatioUpper(Split split, String radius) {
    return criticalSampleRatio(split, radius) + "/upper";
  }

  /** Gini coefficient of a kind of loss-sensitivity, and its 95 % interval's ends. */
  public static List<String> gini(SensitivityKind kind) {
    String name = "sensitivity_gini/" + kind.label();
    return List.of(name, name + "/lower", name + "/upper");
  }

  /** Mean diagonal of the class matrix divided by its mean elsewhere. */
  public static String classDominance(SensitivityKind kind) {
    return "sensitivity_class_dominance/" + kind.label();
  }

  /** Standard deviation of the logarithms of its entries off the diagonal. */
  public static String classHeterogeneity(SensitivityKind kind) {
    return "sensitivity_class_heterogeneity/" + kind.label();
  }

  /** How well a score told flipped labels from clean ones in each epoch, 0 to 1. */
  public static String mislabelAuroc(MislabelScore score) {
    return "mislabel_auroc/" + score.label();
  }

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
