package io.engram.collector.metrics;

import io.engram.collector.aggregate.ConfidenceCell;
import io.engram.collector.aggregate.DeliverySnapshot;
import io.engram.collector.aggregate.ExampleGroupSnapshot;
import io.engram.collector.aggregate.ExamplesSnapshot;
import io.engram.collector.aggregate.GradientsSnapshot;
import io.engram.collector.aggregate.HistogramCounts;
import io.engram.collector.aggregate.LayerSnapshot;
import io.engram.collector.aggregate.ProgressSnapshot;
import io.engram.collector.aggregate.RunSnapshot;
import io.engram.collector.aggregate.RunState;
import io.engram.collector.aggregate.RunsSnapshot;
import io.engram.collector.aggregate.SplitSnapshot;
import io.engram.events.Evaluation;
import io.engram.events.RunStarted;
import io.engram.events.Split;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.function.Supplier;

/**
 * All runs as Prometheus metrics. Register it once in the registry that is scraped. What is not
 * known yet, such as the loss before the first step, is left out; a loss that is not a number is
 * shown as NaN.
 */
public final class RunMetrics implements MultiCollector {
  /** Frames that could not be read tell no run; an empty label value is as good as none. */
  private static final String NO_RUN = "";

  private final Supplier<RunsSnapshot> runs;

  /**
   * @param runs gives the snapshot to show; called by whichever thread scrapes
   */
  public RunMetrics(Supplier<RunsSnapshot> runs) {
    this.runs = runs;
  }

  @Override
  public MetricSnapshots collect() {
    RunsSnapshot snapshot = runs.get();
    MetricFamilies families = new MetricFamilies();
    families.counter(MetricNames.EVENTS_UNDECODABLE, snapshot.undecodable(), NO_RUN);
    for (RunSnapshot run : snapshot.runs()) {
      String id = run.run().value();
      collectRun(run, id, families);
      collectProgress(run.progress(), id, families);
      run.splits().forEach(split -> collectSplit(split, id, families));
      collectGradients(run.gradients(), id, families);
      collectExamples(run.examples(), id, families);
      collectGaps(run.splits(), id, families);
      MeasurementMetrics.collect(run.measurements(), id, families);
      collectDelivery(run.delivery(), id, families);
    }
    return families.build();
  }

  private static void collectRun(RunSnapshot run, String id, MetricFamilies families) {
    RunStarted header = run.header();
    if (header != null) {
      families.info(
          MetricNames.RUN_INFO,
          id,
          header.dataset().name(),
          header.network().name(),
          header.training().optimizer(),
          Integer.toString(header.training().batchSize()),
          Long.toString(header.training().seed()),
          header.noise().inputs(),
          header.noise().labels(),
          header.device().backend(),
          header.device().name());
      families.gauge(MetricNames.EPOCHS_PLANNED, header.training().epochs(), id);
      families.gauge(MetricNames.NETWORK_PARAMETERS, header.network().parameters(), id);
    }
    for (RunState state : RunState.values()) {
      families.gauge(MetricNames.RUN_STATE, state == run.state() ? 1 : 0, id, state.label());
    }
    families.gauge(MetricNames.FIRST_EVENT, Unit.millisToSeconds(run.firstEventMillis()), id);
    families.gauge(MetricNames.LAST_EVENT, Unit.millisToSeconds(run.lastEventMillis()), id);
    families.gauge(MetricNames.EPOCH, run.epoch(), id);
    families.gauge(MetricNames.STEP, run.step(), id);
    if (run.checkpoint() != null) {
      families.gauge(MetricNames.LAST_CHECKPOINT_STEP, run.checkpoint().step(), id);
    }
  }

  private static void collectProgress(
      ProgressSnapshot progress, String id, MetricFamilies families) {
    families.counter(MetricNames.STEPS, progress.steps(), id);
    families.counter(MetricNames.STEPS_REDONE, progress.stepsRedone(), id);
    families.counter(MetricNames.EXAMPLES, progress.examples(), id);
    families.counter(MetricNames.EXAMPLES_CORRECT, progress.correct(), id, Split.TRAIN.label());
    families.histogram(MetricNames.STEP_SECONDS, progress.stepSeconds(), id);
    if (progress.steps() > 0) {
      families.gauge(MetricNames.STEP_LOSS, progress.stepLoss(), id);
      families.gauge(MetricNames.STEP_ACCURACY, progress.stepAccuracy(), id);
      families.gauge(MetricNames.LEARNING_RATE, progress.learningRate(), id);
    }
    if (!Double.isNaN(progress.epochSeconds())) {
      families.gauge(MetricNames.EPOCH_SECONDS, progress.epochSeconds(), id);
    }
  }

  private static void collectSplit(SplitSnapshot split, String id, MetricFamilies families) {
    String name = split.split().label();
    families.gauge(MetricNames.LOSS, split.loss(), id, name);
    families.gauge(MetricNames.ACCURACY, split.accuracy(), id, name);
    for (Evaluation group : split.groups()) {
      double n = group.examples();
      String labels = group.labels().label();
      families.gauge(MetricNames.GROUP_LOSS, group.lossSum() / n, id, name, labels);
      families.gauge(MetricNames.GROUP_ACCURACY, group.correct() / n, id, name, labels);
    }
  }

  private static void collectGaps(List<SplitSnapshot> splits, String id, MetricFamilies families) {
    for (SplitSnapshot train : splits) {
      for (SplitSnapshot other : splits) {
        boolean apart = other.split() == Split.VALIDATION || other.split() == Split.HOLDOUT;
        if (train.split() == Split.TRAIN && apart) {
          families.gaugeIfNumber(
              MetricNames.ACCURACY_GAP,
              train.accuracy() - other.accuracy(),
              id,
              other.split().label());
        }
      }
    }
  }

  private static void collectGradients(
      GradientsSnapshot gradients, String id, MetricFamilies families) {
    boolean measured = false;
    for (LayerSnapshot layer : gradients.layers()) {
      HistogramCounts norms = layer.gradientNorms();
      families.histogram(MetricNames.GRADIENT_NORM, norms, id, layer.layer());
      families.counter(MetricNames.GRADIENT_NORM_INVALID, norms.invalid(), id, layer.layer());
      if (norms.count() + norms.invalid() > 0) {
        measured = true;
        families.gauge(MetricNames.GRADIENT_NORM_LAST, layer.gradientNorm(), id, layer.layer());
        families.gauge(MetricNames.PARAMETER_NORM, layer.parameterNorm(), id, layer.layer());
        families.gauge(MetricNames.UPDATE_RATIO, layer.updateRatio(), id, layer.layer());
      }
    }
    if (measured) {
      families.gauge(MetricNames.GLOBAL_GRADIENT_NORM, gradients.gradientNorm(), id);
      families.gauge(MetricNames.GLOBAL_PARAMETER_NORM, gradients.parameterNorm(), id);
    }
    HistogramCounts examples = gradients.exampleGradientNorms();
    families.histogram(MetricNames.EXAMPLE_GRADIENT_NORM, examples, id);
    families.counter(MetricNames.EXAMPLE_GRADIENT_NORM_INVALID, examples.invalid(), id);
  }

  private static void collectExamples(
      ExamplesSnapshot examples, String id, MetricFamilies families) {
    families.counter(MetricNames.OBSERVATIONS, examples.observations(), id);
    MetricNames ignored = MetricNames.OBSERVATIONS_IGNORED;
    families.counter(ignored, examples.undescribed(), id, "undescribed");
    families.counter(ignored, examples.mislabelled(), id, "mislabelled");
    families.counter(ignored, examples.redescribed(), id, "redescribed");
    families.counter(ignored, examples.impossible(), id, "impossible");
    families.counter(MetricNames.CANARY_PRESENTATIONS, examples.canaries(), id);
    examples
        .mislabelAuroc()
        .forEach(
            (score, area) -> families.gauge(MetricNames.MISLABEL_AUROC, area, id, score.label()));
    for (ExampleGroupSnapshot group : examples.groups()) {
      String labels = group.labels().label();
      families.gauge(MetricNames.TRAINING_EXAMPLES, group.examples(), id, labels);
      families.gauge(MetricNames.EXAMPLES_PRESENTED, group.presented(), id, labels);
      families.gauge(MetricNames.EXAMPLES_LEARNED, group.learned(), id, labels);
      families.gauge(MetricNames.EXAMPLES_EVER_LEARNED, group.everLearned(), id, labels);
      families.counter(MetricNames.FORGETTING_EVENTS, group.forgettingEvents(), id, labels);
      families.counter(MetricNames.PREDICTION_CHANGES, group.predictionChanges(), id, labels);
      if (group.examples() > 0) {
        collectDistributions(group, id, labels, families);
      }
    }
  }

  private static void collectDistributions(
      ExampleGroupSnapshot group, String id, String labels, MetricFamilies families) {
    families.distribution(
        MetricNames.EXAMPLES_BY_FORGETTING_EVENTS, group.forgetting(), id, labels);
    families.distribution(
        MetricNames.EXAMPLES_BY_FIRST_LEARNED_EPOCH, group.firstLearnedEpoch(), id, labels);
    families.distribution(MetricNames.EXAMPLES_BY_MEAN_MARGIN, group.meanMargin(), id, labels);
    families.distribution(MetricNames.EXAMPLES_BY_CORRECT_SHARE, group.correctShare(), id, labels);
    for (ConfidenceCell cell : group.confidence()) {
      families.gauge(
          MetricNames.EXAMPLES_BY_CONFIDENCE,
          cell.examples(),
          id,
          labels,
          MetricFamilies.bound(cell.meanUpTo()),
          MetricFamilies.bound(cell.deviationUpTo()));
    }
  }

  private static void collectDelivery(
      DeliverySnapshot delivery, String id, MetricFamilies families) {
    families.counter(MetricNames.EVENTS_RECEIVED, delivery.received(), id);
    families.counter(MetricNames.EVENTS_MISSED, delivery.missed(), id);
    families.counter(MetricNames.EVENTS_DUPLICATE, delivery.duplicate(), id);
    families.counter(MetricNames.EVENTS_UNDECODABLE, delivery.undecodable(), id);
    families.counter(MetricNames.EVENTS_QUARANTINED, delivery.quarantined(), id);
    families.gauge(MetricNames.EVENTS_UNEXPLAINED, delivery.unexplained(), id);
    families.counter(MetricNames.EVENTS_EMITTED, delivery.emitted(), id);
    families.gauge(MetricNames.SPOOL_BYTES, delivery.spool().bytes(), id);
    families.gauge(MetricNames.SPOOL_QUOTA, delivery.spool().quotaBytes(), id);
    families.counter(MetricNames.SPOOL_FAILURES, delivery.spool().failures(), id);
    families.gauge(MetricNames.ACK_LAG, delivery.spool().waiting(), id);
    families.gauge(
        MetricNames.ACK_LAG_SECONDS, Unit.millisToSeconds(delivery.spool().lagMillis()), id);
    delivery
        .dropped()
        .forEach((reason, n) -> families.counter(MetricNames.EVENTS_DROPPED, n, id, reason));
  }
}
