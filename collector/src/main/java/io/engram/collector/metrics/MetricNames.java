package io.engram.collector.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the product: its name as it stands in {@code /metrics}, its type, help text, unit
 * and labels. Label values are bounded by what a run is made of (layers, splits, label groups);
 * examples are never labels.
 */
@SuppressWarnings("ImmutableEnumChecker") // units and List.of are immutable
public enum MetricNames {
  RUN_INFO(
      "engram_run_info",
      MetricType.INFO,
      "What the run said of itself at its start.",
      null,
      "run",
      "dataset",
      "network",
      "optimizer",
      "batch_size",
      "seed",
      "input_noise",
      "label_noise",
      "backend",
      "device"),
  RUN_STATE(
      "engram_run_state",
      MetricType.GAUGE,
      "1 for the state that the run was last known to be in, 0 for the others.",
      null,
      "run",
      "state"),
  FIRST_EVENT(
      "engram_first_event_timestamp_seconds",
      MetricType.GAUGE,
      "Trainer's time of the run's first event, since 1970.",
      Unit.SECONDS,
      "run"),
  LAST_EVENT(
      "engram_last_event_timestamp_seconds",
      MetricType.GAUGE,
      "Trainer's time of the run's latest event, since 1970.",
      Unit.SECONDS,
      "run"),
  EPOCH(
      "engram_epoch",
      MetricType.GAUGE,
      "Passes over the training set completed; 0 is untrained.",
      null,
      "run"),
  EPOCHS_PLANNED(
      "engram_epochs_planned",
      MetricType.GAUGE,
      "Passes over the training set planned.",
      null,
      "run"),
  STEP(
      "engram_step",
      MetricType.GAUGE,
      "Parameter updates completed before what the latest event speaks of.",
      null,
      "run"),
  NETWORK_PARAMETERS(
      "engram_network_parameters", MetricType.GAUGE, "Trained parameters.", null, "run"),
  LAST_CHECKPOINT_STEP(
      "engram_last_checkpoint_step",
      MetricType.GAUGE,
      "Step from which the latest checkpoint would resume.",
      null,
      "run"),

  STEPS(
      "engram_steps_total",
      MetricType.COUNTER,
      "Training steps done, those done again after a resume included.",
      null,
      "run"),
  EXAMPLES(
      "engram_examples_total",
      MetricType.COUNTER,
      "Training examples presented in these steps.",
      null,
      "run"),
  EXAMPLES_CORRECT(
      "engram_examples_correct_total",
      MetricType.COUNTER,
      "Training examples presented that were predicted as their given label, in training mode"
          + " before the update.",
      null,
      "run",
      "split"),
  STEP_LOSS(
      "engram_step_loss",
      MetricType.GAUGE,
      "Mean cross-entropy of the latest step in nats, in training mode before the update.",
      null,
      "run"),
  STEP_ACCURACY(
      "engram_step_accuracy_ratio",
      MetricType.GAUGE,
      "Share of the latest step's examples that were predicted as their given label.",
      Unit.RATIO,
      "run"),
  LEARNING_RATE(
      "engram_learning_rate", MetricType.GAUGE, "Learning rate of the latest step.", null, "run"),
  STEP_SECONDS(
      "engram_step_seconds",
      MetricType.HISTOGRAM,
      "Wall time of a training step, measurements included.",
      Unit.SECONDS,
      "run"),
  EPOCH_SECONDS(
      "engram_epoch_seconds",
      MetricType.GAUGE,
      "Wall time of the latest epoch's steps.",
      Unit.SECONDS,
      "run"),

  LOSS(
      "engram_loss",
      MetricType.GAUGE,
      "Mean cross-entropy of the latest evaluation in nats, in evaluation mode.",
      null,
      "run",
      "split"),
  ACCURACY(
      "engram_accuracy_ratio",
      MetricType.GAUGE,
      "Share of correct predictions in the latest evaluation, in evaluation mode.",
      Unit.RATIO,
      "run",
      "split"),
  GROUP_LOSS(
      "engram_group_loss",
      MetricType.GAUGE,
      "Loss of the latest evaluation by label group.",
      null,
      "run",
      "split",
      "labels"),
  GROUP_ACCURACY(
      "engram_group_accuracy_ratio",
      MetricType.GAUGE,
      "Accuracy of the latest evaluation by label group.",
      Unit.RATIO,
      "run",
      "split",
      "labels"),

  GRADIENT_NORM(
      "engram_gradient_norm",
      MetricType.HISTOGRAM,
      "L2 norm of the mini-batch gradient of a layer, without regularization, over all steps.",
      null,
      "run",
      "layer"),
  GRADIENT_NORM_LAST(
      "engram_gradient_norm_last",
      MetricType.GAUGE,
      "L2 norm of the mini-batch gradient of a layer in the latest step.",
      null,
      "run",
      "layer"),
  GRADIENT_NORM_INVALID(
      "engram_gradient_norm_invalid_total",
      MetricType.COUNTER,
      "Gradient norms that were NaN or infinite and are in no histogram.",
      null,
      "run",
      "layer"),
  GLOBAL_GRADIENT_NORM(
      "engram_global_gradient_norm",
      MetricType.GAUGE,
      "L2 norm of the mini-batch gradient over all layers in the latest step.",
      null,
      "run"),
  PARAMETER_NORM(
      "engram_parameter_norm",
      MetricType.GAUGE,
      "L2 norm of a layer's parameters before the latest update.",
      null,
      "run",
      "layer"),
  UPDATE_RATIO(
      "engram_update_ratio",
      MetricType.GAUGE,
      "L2 norm of a layer's latest update divided by that of its parameters.",
      Unit.RATIO,
      "run",
      "layer"),
  EXAMPLE_GRADIENT_NORM(
      "engram_example_gradient_norm",
      MetricType.HISTOGRAM,
      "L2 norm of the gradient of a single example's loss by all parameters, over all"
          + " presentations.",
      null,
      "run"),
  EXAMPLE_GRADIENT_NORM_INVALID(
      "engram_example_gradient_norm_invalid_total",
      MetricType.COUNTER,
      "Gradient norms of single examples that were NaN or infinite and are in no histogram.",
      null,
      "run"),

  TRAINING_EXAMPLES(
      "engram_training_examples",
      MetricType.GAUGE,
      "Training examples that the run described.",
      null,
      "run",
      "labels"),
  EXAMPLES_PRESENTED(
      "engram_examples_presented",
      MetricType.GAUGE,
      "Training examples that were presented at least once.",
      null,
      "run",
      "labels"),
  EXAMPLES_LEARNED(
      "engram_examples_learned",
      MetricType.GAUGE,
      "Training examples whose last prediction, in training mode, was their given label.",
      null,
      "run",
      "labels"),
  EXAMPLES_EVER_LEARNED(
      "engram_examples_ever_learned",
      MetricType.GAUGE,
      "Training examples that were predicted as their given label at least once.",
      null,
      "run",
      "labels"),
  FORGETTING_EVENTS(
      "engram_forgetting_events_total",
      MetricType.COUNTER,
      "Times that a training example went from correct to wrong between two presentations.",
      null,
      "run",
      "labels"),
  PREDICTION_CHANGES(
      "engram_prediction_changes_total",
      MetricType.COUNTER,
      "Times that a training example's prediction differed from the one before.",
      null,
      "run",
      "labels"),
  EXAMPLES_BY_FORGETTING_EVENTS(
      "engram_examples_by_forgetting_events",
      MetricType.GAUGE,
      "Training examples ever learned, by how often they were forgotten so far; up_to is the"
          + " inclusive end of a range that begins after the one before.",
      null,
      "run",
      "labels",
      "up_to"),
  EXAMPLES_BY_FIRST_LEARNED_EPOCH(
      "engram_examples_by_first_learned_epoch",
      MetricType.GAUGE,
      "Training examples ever learned, by the epoch from 0 in which they first were; up_to is"
          + " the inclusive end of a range that begins after the one before.",
      null,
      "run",
      "labels",
      "up_to"),
  EXAMPLES_BY_MEAN_MARGIN(
      "engram_examples_by_mean_margin",
      MetricType.GAUGE,
      "Training examples presented, by the mean margin of their given label in logits so far;"
          + " up_to is the inclusive end of a range that begins after the one before.",
      null,
      "run",
      "labels",
      "up_to"),
  OBSERVATIONS(
      "engram_observations_total",
      MetricType.COUNTER,
      "Presentations of training examples that were counted one by one.",
      null,
      "run"),
  OBSERVATIONS_IGNORED(
      "engram_observations_ignored_total",
      MetricType.COUNTER,
      "Presentations and descriptions of training examples that could not be counted.",
      null,
      "run",
      "reason"),

  EVENTS_RECEIVED(
      "engram_events_received_total",
      MetricType.COUNTER,
      "Events that arrived, counted or not.",
      null,
      "run"),
  EVENTS_MISSED(
      "engram_events_missed_total",
      MetricType.COUNTER,
      "Events that never arrived, by gaps in their sequence numbers.",
      null,
      "run"),
  EVENTS_DUPLICATE(
      "engram_events_duplicate_total",
      MetricType.COUNTER,
      "Events that arrived again and were not counted twice.",
      null,
      "run"),
  EVENTS_UNDECODABLE(
      "engram_events_undecodable_total",
      MetricType.COUNTER,
      "Frames that could not be read; run is empty where it is not known.",
      null,
      "run"),
  EVENTS_EMITTED(
      "engram_events_emitted_total",
      MetricType.COUNTER,
      "Events that the trainer says it emitted.",
      null,
      "run"),
  EVENTS_DROPPED(
      "engram_events_dropped_total",
      MetricType.COUNTER,
      "Events dropped on purpose: by the trainer, by its reasons; by the collector, as superseded"
          + " (of an incarnation that a newer one has replaced) or mismatched (of another network).",
      null,
      "run",
      "reason");

  private final String text;
  private final MetricType type;
  private final String help;
  private final @Nullable Unit unit;
  private final List<String> labels;

  MetricNames(String text, MetricType type, String help, @Nullable Unit unit, String... labels) {
    this.text = text;
    this.type = type;
    this.help = help;
    this.unit = unit;
    this.labels = List.of(labels);
  }

  /** The name as in {@code /metrics}, with {@code _total} or {@code _info}. */
  public String text() {
    return text;
  }

  /** What kind of metric it is. */
  public MetricType type() {
    return type;
  }

  /** Names of its labels, {@code run} first where there is one. */
  public List<String> labels() {
    return labels;
  }

  /** Name without the suffix of the type, help and unit, as the Prometheus client wants them. */
  public MetricMetadata metadata() {
    String suffix =
        switch (type) {
          case COUNTER -> "_total";
          case INFO -> "_info";
          default -> "";
        };
    String base = text.substring(0, text.length() - suffix.length());
    return unit == null ? new MetricMetadata(base, help) : new MetricMetadata(base, help, unit);
  }
}
