package io.engram.collector.metrics;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the product: its name as it stands in {@code /metrics}, its type, help text, unit
 * and labels. Label values are bounded by what a run is made of (layers, splits, label groups,
 * roles, probes); examples are never labels.
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
  STEPS_REDONE(
      "engram_steps_redone_total",
      MetricType.COUNTER,
      "Training steps that were left behind by a resume from an earlier checkpoint, and done again.",
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

  ACCURACY_GAP(
      "engram_accuracy_gap_ratio",
      MetricType.GAUGE,
      "Accuracy on the training set less that on another split, in the latest evaluation.",
      Unit.RATIO,
      "run",
      "split"),

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
  GLOBAL_PARAMETER_NORM(
      "engram_global_parameter_norm",
      MetricType.GAUGE,
      "L2 norm of all parameters before the latest update, the weight norm.",
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
  EXAMPLES_BY_CORRECT_SHARE(
      "engram_examples_by_correct_share",
      MetricType.GAUGE,
      "Training examples presented, by the share of their presentations that were"
          + " predicted as given; up_to is the inclusive end of a range that begins after"
          + " the one before.",
      null,
      "run",
      "labels",
      "up_to"),
  EXAMPLES_BY_CONFIDENCE(
      "engram_examples_by_confidence",
      MetricType.GAUGE,
      "Training examples presented, by mean and standard deviation of their confidence in their"
          + " given label so far; mean_up_to and deviation_up_to are the inclusive ends of ranges"
          + " that begin after the ones before.",
      null,
      "run",
      "labels",
      "mean_up_to",
      "deviation_up_to"),
  MISLABEL_AUROC(
      "engram_mislabel_auroc",
      MetricType.GAUGE,
      "Chance that a flipped training example scores higher for a wrong label than a"
          + " clean one, at the end of the latest epoch; 0.5 is chance.",
      null,
      "run",
      "score"),
  CANARY_PRESENTATIONS(
      "engram_canary_presentations_total",
      MetricType.COUNTER,
      "Presentations of canaries, which are in no other figure on training examples.",
      null,
      "run"),
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

  CRITICAL_SAMPLES(
      "engram_critical_samples_total",
      MetricType.COUNTER,
      "Examples around which a search found an input of another class within the"
          + " radius, over all searches.",
      null,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLES_SEARCHED(
      "engram_critical_samples_searched_total",
      MetricType.COUNTER,
      "Examples around which critical samples were searched, over all searches.",
      null,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLE_RATIO(
      "engram_critical_sample_ratio",
      MetricType.GAUGE,
      "Share of the latest search's examples that have a critical sample; a lower"
          + " bound, as a search can miss them. A radius of 1 is 0.3 on the scale of pixels"
          + " 0 to 255.",
      Unit.RATIO,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLE_RATIO_LOWER(
      "engram_critical_sample_ratio_lower",
      MetricType.GAUGE,
      "Lower end of its 95 % interval, over the choice of the examples.",
      null,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLE_RATIO_UPPER(
      "engram_critical_sample_ratio_upper",
      MetricType.GAUGE,
      "Upper end of its 95 % interval, over the choice of the examples.",
      null,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLE_RATIO_LOWER_ALWAYS(
      "engram_critical_sample_ratio_lower_always",
      MetricType.GAUGE,
      "Lower end of an interval that holds at all looks of the run at once with a"
          + " chance of 95 %.",
      null,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLE_RATIO_UPPER_ALWAYS(
      "engram_critical_sample_ratio_upper_always",
      MetricType.GAUGE,
      "Upper end of an interval that holds at all looks of the run at once with a"
          + " chance of 95 %.",
      null,
      "run",
      "split",
      "radius"),
  CRITICAL_SAMPLE_CHANGE_Z(
      "engram_critical_sample_change_z",
      MetricType.GAUGE,
      "McNemar's z for the change since the search before on the same examples;"
          + " positive where more became critical.",
      null,
      "run",
      "split",
      "radius"),
  SENSITIVITY_GINI(
      "engram_loss_sensitivity_gini",
      MetricType.GAUGE,
      "Gini coefficient of the training examples' mean loss-sensitivity: 0 where all are alike.",
      null,
      "run",
      "kind"),
  SENSITIVITY_GINI_LOWER(
      "engram_loss_sensitivity_gini_lower",
      MetricType.GAUGE,
      "Lower end of its 95 % bootstrap interval.",
      null,
      "run",
      "kind"),
  SENSITIVITY_GINI_UPPER(
      "engram_loss_sensitivity_gini_upper",
      MetricType.GAUGE,
      "Upper end of its 95 % bootstrap interval.",
      null,
      "run",
      "kind"),
  SENSITIVITY(
      "engram_loss_sensitivity",
      MetricType.HISTOGRAM,
      "L1 norm of the derivative of the loss by a training example's input: through"
          + " all earlier updates (unrolled), the last ones (truncated), or the example's"
          + " own loss at its presentation (direct).",
      null,
      "run",
      "kind"),
  SENSITIVITY_INVALID(
      "engram_loss_sensitivity_invalid_total",
      MetricType.COUNTER,
      "Loss-sensitivities that were NaN, infinite or negative and are in no histogram.",
      null,
      "run",
      "kind"),
  SENSITIVITY_CLASS_DOMINANCE(
      "engram_loss_sensitivity_class_dominance",
      MetricType.GAUGE,
      "Mean diagonal of the class matrix divided by its mean elsewhere.",
      null,
      "run",
      "kind"),
  GRADIENT_EFFECTIVE_RANK(
      "engram_gradient_effective_rank",
      MetricType.GAUGE,
      "Effective rank of the covariance of per-example gradients of the last layer:"
          + " exp of the entropy of its normalized eigenvalues.",
      null,
      "run"),
  GRADIENT_COVARIANCE_TRACE(
      "engram_gradient_covariance_trace",
      MetricType.GAUGE,
      "Sum of the eigenvalues of the same covariance.",
      null,
      "run"),
  MONITOR_LOOKS(
      "engram_monitor_looks_total",
      MetricType.COUNTER,
      "Completed looks at the monitored examples, in evaluation mode.",
      null,
      "run"),
  MONITOR_LOOKS_INCOMPLETE(
      "engram_monitor_looks_incomplete_total",
      MetricType.COUNTER,
      "Looks of which the last event never came; they are not shown.",
      null,
      "run"),
  MONITORED_EXAMPLES(
      "engram_monitored_examples",
      MetricType.GAUGE,
      "Examples of the latest look.",
      null,
      "run",
      "role"),
  MONITORED_UNCOUNTED(
      "engram_monitored_uncounted",
      MetricType.GAUGE,
      "Examples of the latest look that do not count, their label or probabilities not"
          + " being known.",
      null,
      "run",
      "role"),
  MONITORED_AGREEMENT(
      "engram_monitored_agreement_ratio",
      MetricType.GAUGE,
      "Share of the monitored examples predicted as their given label, by the latest"
          + " probabilities or by their exponential mean.",
      Unit.RATIO,
      "run",
      "role",
      "mean"),
  MONITORED_CONFIDENCE(
      "engram_monitored_confidence_ratio",
      MetricType.GAUGE,
      "Mean of the highest probability in the latest look.",
      Unit.RATIO,
      "run",
      "role"),
  MONITORED_LOG_PROBABILITY(
      "engram_monitored_log_probability",
      MetricType.GAUGE,
      "Mean logarithm of the given label's probability in the latest look, nats.",
      null,
      "run",
      "role"),
  MONITORED_CHANGED(
      "engram_monitored_changed_ratio",
      MetricType.GAUGE,
      "Share of the predictions that differ from the look before.",
      Unit.RATIO,
      "run",
      "role"),
  MONITORED_CHANGES(
      "engram_monitored_prediction_changes_total",
      MetricType.COUNTER,
      "Times that a monitored example's prediction differed from the look before.",
      null,
      "run",
      "role"),
  MONITORED_GAP(
      "engram_monitored_agreement_gap_ratio",
      MetricType.GAUGE,
      "Agreement with the given label of the monitored training examples less that of"
          + " the hold-out.",
      Unit.RATIO,
      "run"),
  CANARY_RANK(
      "engram_canary_rank_ratio",
      MetricType.GAUGE,
      "Mean rank of the known-wrong label's probability among the wrong classes, 0 to"
          + " 1; 0.5 where the network knows nothing of these labels.",
      Unit.RATIO,
      "run",
      "role"),
  CANARY_RANK_Z(
      "engram_canary_rank_z",
      MetricType.GAUGE,
      "The same as a standard normal number under the hypothesis that the network"
          + " knows nothing of these labels.",
      null,
      "run",
      "role"),
  SVALIDATION_OBSERVED(
      "engram_svalidation_observed_ratio",
      MetricType.GAUGE,
      "Share of the perturbed copies of training examples that a shallow classifier on the"
          + " features predicts as labelled, at the latest checkpoint. All gauges of s-validation"
          + " are of one classifier, the first of the profile FAST if there is one: scores of others,"
          + " as those of PAPER, cannot be compared with it and are in the runs API and on the live page.",
      Unit.RATIO,
      "run",
      "shuffle"),
  SVALIDATION_NULL(
      "engram_svalidation_null_ratio",
      MetricType.SUMMARY,
      "The same where the labels are permuted: quantiles over the permutations; 0 and 1 are the"
          + " lowest and the highest.",
      Unit.RATIO,
      "run",
      "shuffle"),
  SVALIDATION_CHANCE(
      "engram_svalidation_chance_ratio",
      MetricType.GAUGE,
      "Share of the most common class: what the null is compared with.",
      Unit.RATIO,
      "run"),
  SVALIDATION_VERDICT(
      "engram_svalidation_verdict",
      MetricType.GAUGE,
      "1 for the verdict on the latest checkpoint, 0 for the others; whether training brought it"
          + " about says engram_svalidation_attributable.",
      null,
      "run",
      "shuffle",
      "verdict"),
  SVALIDATION_ATTRIBUTABLE(
      "engram_svalidation_attributable",
      MetricType.GAUGE,
      "1 if neither the untrained network nor the pixels give the verdict on the latest checkpoint,"
          + " 0 if one of them does or there is nothing to attribute; left out where it is not known.",
      null,
      "run",
      "shuffle"),
  SVALIDATION_NULL_INCREASE(
      "engram_svalidation_null_increase_ratio",
      MetricType.GAUGE,
      "Median of the null less that of the untrained network.",
      Unit.RATIO,
      "run",
      "shuffle"),
  SVALIDATION_OBSERVED_INCREASE(
      "engram_svalidation_observed_increase_ratio",
      MetricType.GAUGE,
      "Observed share less that of the untrained network.",
      Unit.RATIO,
      "run",
      "shuffle"),
  SVALIDATION_VALIDATION(
      "engram_svalidation_validation_ratio",
      MetricType.GAUGE,
      "Share of clean validation examples that the same classifier predicts as labelled.",
      Unit.RATIO,
      "run"),
  SVALIDATION_DEAD_UNITS(
      "engram_svalidation_dead_units",
      MetricType.GAUGE,
      "Features with one value for all training examples.",
      null,
      "run"),
  SVALIDATION_DISTINCT_ROWS(
      "engram_svalidation_distinct_rows",
      MetricType.GAUGE,
      "Training examples whose features differ: few of them lower the null without forgetting.",
      null,
      "run"),
  SVALIDATION_CORRELATION(
      "engram_svalidation_feature_correlation",
      MetricType.GAUGE,
      "Mean absolute correlation of two live features.",
      null,
      "run"),
  SVALIDATION_EPOCH(
      "engram_svalidation_epoch",
      MetricType.GAUGE,
      "Epoch of the latest checkpoint that was scored; scoring lags behind training.",
      null,
      "run"),
  SVALIDATION_CHECKPOINTS(
      "engram_svalidation_checkpoints_total",
      MetricType.COUNTER,
      "Checkpoints of the network that were scored, by any classifier.",
      null,
      "run"),
  SVALIDATION_SECONDS(
      "engram_svalidation_seconds",
      MetricType.SUMMARY,
      "Wall time of computing and scoring features, controls and all classifiers included.",
      Unit.SECONDS,
      "run"),
  ONSET(
      "engram_onset",
      MetricType.GAUGE,
      "1 for the level that a channel is at, 0 for the others. Channels: warn, single examples have"
          + " influence; onset, labels that contradict what was learned are being fitted; harm, what"
          + " was learned is being lost. unknown: the detectors cannot tell.",
      null,
      "run",
      "channel",
      "level"),
  ONSET_STEP(
      "engram_onset_step",
      MetricType.GAUGE,
      "Updates completed before the look at which the channel was raised.",
      null,
      "run",
      "channel"),
  ONSET_ALARMS(
      "engram_onset_alarms_total",
      MetricType.COUNTER,
      "Times that a channel was raised; again only where the run went back to a step before.",
      null,
      "run",
      "channel"),
  ONSET_EVIDENCE(
      "engram_onset_evidence",
      MetricType.GAUGE,
      "What a detector goes by at its latest look, in a unit of its own; left out where it cannot"
          + " tell.",
      null,
      "run",
      "detector"),
  ONSET_THRESHOLD(
      "engram_onset_threshold",
      MetricType.GAUGE,
      "What that evidence must reach at the same look.",
      null,
      "run",
      "detector"),
  ONSET_FLIP_RATE(
      "engram_onset_flip_rate_ratio",
      MetricType.GAUGE,
      "Estimated share of given labels that are wrong: of confident predictions, those that"
          + " contradict the label. Too high on hard data; no guarantee holds for it.",
      Unit.RATIO,
      "run"),
  ONSET_FITTED(
      "engram_onset_fitted_ratio",
      MetricType.GAUGE,
      "How far that share has fallen from its maximum: how far wrong labels are fitted, an ordinal"
          + " gauge; only where label noise is seen.",
      Unit.RATIO,
      "run"),
  PROBE_SECONDS(
      "engram_probe_seconds",
      MetricType.SUMMARY,
      "Wall time of a probe's measurements, on whatever thread.",
      Unit.SECONDS,
      "run",
      "probe"),
  PROBE_SKIPPED(
      "engram_probe_skipped_total",
      MetricType.COUNTER,
      "Times that a probe was due and was left out, because it had fallen behind.",
      null,
      "run",
      "probe"),
  PROBE_FAILURES(
      "engram_probe_failures_total",
      MetricType.COUNTER,
      "Times that a probe was due and could not measure.",
      null,
      "run",
      "probe"),

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
  EVENTS_QUARANTINED(
      "engram_events_quarantined_total",
      MetricType.COUNTER,
      "Events that could not be read or applied and were kept apart in a file.",
      null,
      "run"),
  EVENTS_UNEXPLAINED(
      "engram_events_unexplained",
      MetricType.GAUGE,
      "Missed events that the trainer's latest report and unreadable frames do not account for; a"
          + " lasting one is a loss.",
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
          + " (of an incarnation that a newer one has replaced) or mismatched (of another network, or not to be kept).",
      null,
      "run",
      "reason"),
  SPOOL_BYTES(
      "engram_spool_bytes",
      MetricType.GAUGE,
      "What the trainer's spool takes on disk, as of its latest report.",
      Unit.BYTES,
      "run"),
  SPOOL_QUOTA(
      "engram_spool_quota_bytes",
      MetricType.GAUGE,
      "What the trainer's spool may take on disk; 0 where it has none.",
      Unit.BYTES,
      "run"),
  SPOOL_FAILURES(
      "engram_spool_failures_total",
      MetricType.COUNTER,
      "Times that the trainer could not write its spool, in its latest incarnation.",
      null,
      "run"),
  ACK_LAG(
      "engram_ack_lag_events",
      MetricType.GAUGE,
      "Events that the trainer had emitted and not had acknowledged at its latest report.",
      null,
      "run"),
  ACK_LAG_SECONDS(
      "engram_ack_lag_seconds",
      MetricType.GAUGE,
      "Age, at the trainer's latest report, of the oldest event that it had not had acknowledged, to"
          + " the nearest report before; 0 where none was older than a report.",
      Unit.SECONDS,
      "run");

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
