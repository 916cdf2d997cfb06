package io.engram.collector.aggregate;

import io.engram.events.CheckpointSaved;
import io.engram.events.CheckpointsKept;
import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EpochCompleted;
import io.engram.events.EventEnvelope;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.GradientSpectrumMeasured;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.ProbeFailed;
import io.engram.events.ProbesReported;
import io.engram.events.RunFinished;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.SValidationScored;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import io.engram.events.TrainingEventHandler;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run. Not thread-safe: it belongs to the context that owns its {@link Runs}.
 *
 * <p>A resumed incarnation continues the run's history: totals count work done, steps that are done
 * again included, and their points stand in the series a second time.
 */
public final class RunAggregate {
  private static final int VERSION = 9;

  private final RunId run;
  private final long firstIncarnation;
  private final SequenceTracker sequences;
  private final Lifecycle lifecycle;
  private final ReportAggregator reports;
  private final ProgressAggregator progress;
  private final EvaluationsAggregator evaluations;
  private final GradientsAggregator gradients;
  private final ExamplesAggregator examples;
  private final CriticalSamplesAggregator criticalSamples;
  private final SensitivityAggregator sensitivity;
  private final MonitorAggregator monitor;
  private final SpectrumAggregator spectrum;
  private final SValidationAggregator svalidation;
  private final ProbesAggregator probes;
  private final Dispatcher dispatcher = new Dispatcher();
  private final Redone redone;
  private final LeftBranches branches;
  private long mismatched;
  private long undecodable;
  private long quarantined;
  private long touchedMillis;
  private boolean resumed;

  /** Begins a run with the first event that was received of it, which is still to be applied. */
  RunAggregate(EventEnvelope first) {
    run = first.run();
    firstIncarnation = first.incarnation();
    sequences = new SequenceTracker(first.incarnation());
    lifecycle = new Lifecycle(first.timestampMillis());
    reports = new ReportAggregator();
    progress = new ProgressAggregator();
    evaluations = new EvaluationsAggregator();
    gradients = new GradientsAggregator();
    examples = new ExamplesAggregator();
    criticalSamples = new CriticalSamplesAggregator();
    sensitivity = new SensitivityAggregator();
    monitor = new MonitorAggregator();
    spectrum = new SpectrumAggregator();
    svalidation = new SValidationAggregator();
    probes = new ProbesAggregator();
    redone = new Redone();
    branches = new LeftBranches();
  }

  /** What was known at a checkpoint, after more was done and left. */
  private RunAggregate(RunAggregate checkpoint, RunAggregate left) {
    run = left.run;
    firstIncarnation = left.firstIncarnation;
    sequences = left.sequences;
    reports = left.reports;
    probes = left.probes;
    redone = left.redone;
    branches = left.branches;
    mismatched = left.mismatched;
    undecodable = left.undecodable;
    quarantined = left.quarantined;
    lifecycle = checkpoint.lifecycle;
    lifecycle.checkpoint = left.lifecycle.checkpoint;
    progress = checkpoint.progress;
    evaluations = checkpoint.evaluations;
    gradients = checkpoint.gradients;
    examples = checkpoint.examples;
    criticalSamples = checkpoint.criticalSamples;
    sensitivity = checkpoint.sensitivity;
    monitor = checkpoint.monitor;
    spectrum = checkpoint.spectrum;
    svalidation = checkpoint.svalidation;
    redone.onLeft(left.progress, checkpoint.progress);
    long from = checkpoint.progress.nextStep();
    branches.add(left.incarnation(), from, left.progress.nextStep(), left.branch(from));
    resumed = true;
  }

  private RunAggregate(DataInput in) throws IOException {
    try {
      run = new RunId(StateIo.readString(in));
      firstIncarnation = in.readLong();
      sequences = new SequenceTracker(in);
      lifecycle = new Lifecycle(in);
      reports = new ReportAggregator(in);
      progress = new ProgressAggregator(in);
      evaluations = new EvaluationsAggregator(in);
      gradients = new GradientsAggregator(in);
      examples = new ExamplesAggregator(in);
      criticalSamples = new CriticalSamplesAggregator(in);
      sensitivity = new SensitivityAggregator(in);
      monitor = new MonitorAggregator(in);
      spectrum = new SpectrumAggregator(in);
      svalidation = new SValidationAggregator(in);
      probes = new ProbesAggregator(in);
      redone = new Redone(in);
      branches = new LeftBranches(in);
      mismatched = in.readLong();
      undecodable = in.readLong();
      quarantined = in.readLong();
    } catch (IllegalArgumentException e) {
      throw new IOException("state holds an impossible value: " + e.getMessage(), e);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if it was written in another format, or is damaged
   */
  public static RunAggregate restore(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "state has version %d, but this collector reads version %d".formatted(version, VERSION));
    }
    return new RunAggregate(in);
  }

  /** Writes the whole state; {@link #restore} continues from it as if nothing had happened. */
  public void save(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    StateIo.writeString(out, run.value());
    out.writeLong(firstIncarnation);
    sequences.save(out);
    lifecycle.save(out);
    reports.save(out);
    progress.save(out);
    evaluations.save(out);
    gradients.save(out);
    examples.save(out);
    criticalSamples.save(out);
    sensitivity.save(out);
    monitor.save(out);
    spectrum.save(out);
    svalidation.save(out);
    probes.save(out);
    redone.save(out);
    branches.save(out);
    out.writeLong(mismatched);
    out.writeLong(undecodable);
    out.writeLong(quarantined);
  }

  /**
   * Writes what was learned of the training itself, without what was said about its delivery, its
   * process and its work: equal for a run that was resumed from its checkpoints and one that was
   * never stopped.
   */
  public void saveHistory(DataOutput out) throws IOException {
    progress.save(out);
    evaluations.save(out);
    gradients.save(out);
    examples.save(out);
    criticalSamples.save(out);
    sensitivity.save(out);
    monitor.save(out);
    spectrum.save(out);
    svalidation.save(out);
  }

  /** This state of a checkpoint, to go on with after {@code left} was done and left. */
  RunAggregate resumeAfter(RunAggregate left) {
    return new RunAggregate(this, left);
  }

  /** The run. */
  public RunId run() {
    return run;
  }

  /** The incarnation that the run's history begins with; those that resume it come after it. */
  public long firstIncarnation() {
    return firstIncarnation;
  }

  /** What the run said of itself at its latest start; null if that was missed. */
  public @Nullable RunStarted header() {
    return lifecycle.header;
  }

  /** Whether its latest incarnation has said that it ended. */
  public boolean isOver() {
    return lifecycle.state.isFinal();
  }

  /** Its latest incarnation. */
  public long incarnation() {
    return sequences.incarnation();
  }

  /** Sequence number of the latest event applied of the latest incarnation. */
  public long lastSequence() {
    return sequences.last();
  }

  /** Counts an event and, if it is new, takes what it holds. */
  void apply(EventEnvelope envelope) {
    boolean newIncarnation = envelope.incarnation() > incarnation();
    if (sequences.accept(envelope.incarnation(), envelope.sequence())
        != SequenceTracker.Verdict.NEW) {
      return;
    }
    if (newIncarnation) {
      reports.onNewIncarnation();
      probes.onNewIncarnation();
    }
    lifecycle.onEvent(envelope, newIncarnation);
    envelope.dispatch(dispatcher);
  }

  /** Notes the collector's time at which something was received. */
  void touch(long millis) {
    touchedMillis = millis;
  }

  long touchedMillis() {
    return touchedMillis;
  }

  void addUndecodable(int frames) {
    undecodable += frames;
  }

  void endOfParcel(long incarnation, long last, int left) {
    sequences.advance(incarnation, last);
    undecodable += left;
    quarantined += left;
  }

  /** Counts events that came again and were turned away. */
  public void countDuplicates(int events) {
    sequences.countTurnedAway(events, 0);
  }

  /** Counts events of an incarnation that a newer one has replaced. */
  public void countSuperseded(int events) {
    sequences.countTurnedAway(0, events);
  }

  /** What was done and left where the run was taken back, oldest first. */
  public List<LeftBranch> leftBranches() {
    return branches.all();
  }

  /** Cost: proportional to the layers, not to examples or steps. */
  public RunSnapshot snapshot() {
    return new RunSnapshot(
        run,
        incarnation(),
        lifecycle.header,
        lifecycle.state,
        lifecycle.detail,
        lifecycle.firstEventMillis,
        lifecycle.lastEventMillis,
        lifecycle.epoch,
        lifecycle.step,
        progress.snapshot(redone),
        evaluations.snapshot(),
        gradients.snapshot(examples.gradientNorms()),
        examples.snapshot(),
        new MeasurementsSnapshot(
            criticalSamples.snapshot(),
            sensitivity.snapshot(examples.sensitivity()),
            monitor.snapshot(),
            spectrum.snapshot(),
            svalidation.snapshot(),
            probes.snapshot()),
        lifecycle.checkpoint,
        delivery());
  }

  /** How many looks at the monitored examples were completed. */
  public long looks() {
    return monitor.looks();
  }

  /**
   * The latest completed look at the monitored examples. It is to be asked for right after the
   * event that completed it, before an event of the next look is applied. Cost: one pass over the
   * probabilities of the monitored examples.
   */
  public LookView look() {
    return monitor.view();
  }

  /** How many searches for critical samples were counted. */
  public long criticalSamplesSearches() {
    return criticalSamples.searches();
  }

  /**
   * The latest search of each split and radius, in the order in which these were first searched.
   */
  public List<CriticalSamplesView> criticalSamples() {
    return criticalSamples.views();
  }

  /** How many quarters of an epoch were presented since the first that was. */
  public long presentedParts() {
    return examples.presentations().completed();
  }

  /** How the presentations of the last epoch went, up to the latest quarter that is complete. */
  public PresentedView presented() {
    return examples.presentations().view();
  }

  /** What s-validation scored. */
  public SValidationSnapshot svalidation() {
    return svalidation.snapshot();
  }

  /** How many epochs were evaluated, epoch 0 included. */
  public long evaluations() {
    return evaluations.count();
  }

  /** The latest evaluation of each split. */
  public List<SplitSnapshot> latestEvaluations() {
    return evaluations.snapshot();
  }

  /** Passes over the training set completed before the latest event. */
  public int epoch() {
    return lifecycle.epoch;
  }

  /** Updates completed before the latest event. */
  public long step() {
    return lifecycle.step;
  }

  /** Steps of an epoch, or 0 where the run's header never came. */
  public int stepsPerEpoch() {
    RunStarted header = lifecycle.header;
    return header == null ? 0 : header.training().stepsPerEpoch();
  }

  private DeliverySnapshot delivery() {
    Map<String, Long> dropped = reports.dropped();
    dropped.merge("superseded", sequences.superseded(), Counts::add);
    dropped.merge("mismatched", mismatched, Counts::add);
    return new DeliverySnapshot(
        sequences.received(),
        sequences.missed(),
        sequences.duplicate(),
        sequences.superseded(),
        mismatched,
        undecodable,
        quarantined,
        reports.unexplained(),
        reports.spool(),
        reports.emitted(),
        dropped);
  }

  /** Names of the series that have been begun, see {@link SeriesNames}, in alphabetical order. */
  public List<String> seriesNames() {
    return List.copyOf(seriesByName().keySet());
  }

  /**
   * Stretches of series, thinned where they are longer than {@code maxPoints}: then the stretch is
   * cut into buckets of equally many points and of each bucket the smallest and the largest value
   * are kept, and a NaN if it has one; the first and the last point are always kept.
   *
   * @param names which series, as in {@link #seriesNames()}
   * @param fromStep first step, inclusive
   * @param toStep last step, inclusive
   * @param maxPoints upper bound of the points of one series, at least 5
   * @throws IllegalArgumentException if a name is not known or {@code maxPoints} is less than 5
   */
  public List<SeriesPoints> series(List<String> names, long fromStep, long toStep, int maxPoints) {
    if (maxPoints < Thinning.FEWEST) {
      throw new IllegalArgumentException(
          "maxPoints %d must be at least %d".formatted(maxPoints, Thinning.FEWEST));
    }
    Map<String, SeriesTable> tables = seriesByName();
    List<SeriesPoints> result = new ArrayList<>(names.size());
    for (String name : names) {
      SeriesTable table = tables.get(name);
      if (table == null) {
        throw new IllegalArgumentException(
            "series '%s' is not one of %s".formatted(name, String.join(", ", tables.keySet())));
      }
      result.add(Thinning.thin(table.points(name, fromStep, toStep), maxPoints));
    }
    return result;
  }

  private List<SeriesPoints> branch(long fromStep) {
    List<SeriesPoints> points = new ArrayList<>();
    Map<String, SeriesTable> tables = seriesByName();
    for (String name : LeftBranches.SERIES) {
      SeriesTable table = tables.get(name);
      if (table != null) {
        points.add(table.points(name, fromStep, Long.MAX_VALUE));
      }
    }
    points.removeIf(series -> series.steps().length == 0);
    return points;
  }

  private Map<String, SeriesTable> seriesByName() {
    List<SeriesTable> tables = new ArrayList<>();
    tables.add(progress.series());
    tables.add(gradients.series());
    tables.addAll(examples.series());
    tables.addAll(evaluations.series());
    tables.addAll(criticalSamples.series());
    tables.addAll(sensitivity.series());
    tables.addAll(monitor.series());
    tables.add(spectrum.series());
    Map<String, SeriesTable> byName = new TreeMap<>();
    for (SeriesTable table : tables) {
      if (!table.isEmpty()) {
        table.names().forEach(name -> byName.put(name, table));
      }
    }
    return byName;
  }

  /**
   * The first of the presented training examples in an order. Cost: one pass over the examples.
   *
   * @param limit how many at most, at least 1
   * @throws IllegalArgumentException if {@code limit} is less than 1
   */
  public List<ExampleRow> examples(ExampleOrder order, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit %d must be at least 1".formatted(limit));
    }
    return examples.first(order, limit);
  }

  /**
   * A sample of the presented training examples for a data map. It is drawn by the ids, so that the
   * same examples are in it each time. Cost: a sort of the examples.
   *
   * @param points how many at most, at least 1
   * @throws IllegalArgumentException if {@code points} is less than 1
   */
  public List<DataMapPoint> dataMap(int points) {
    if (points < 1) {
      throw new IllegalArgumentException("points %d must be at least 1".formatted(points));
    }
    return examples.dataMap(points);
  }

  private void countMismatch(boolean counted) {
    mismatched += counted ? 0 : 1;
  }

  /** Hands each event to the aggregators that it concerns. */
  private final class Dispatcher implements TrainingEventHandler {
    @Override
    public void onRunStarted(EventEnvelope envelope, RunStarted event) {
      if (!resumed && event.resumedFromStep() >= 0) {
        redone.onKept(progress.nextStep() - event.resumedFromStep());
      }
      resumed = false;
      lifecycle.onRunStarted(event);
      gradients.onLayers(event.network().layers());
      examples.onTrainingExamples(event.dataset().trainingExamples());
      examples.onStepsPerEpoch(event.training().stepsPerEpoch());
      monitor.onRunStarted(event);
      svalidation.onRunStarted(event.resumedFromStep());
    }

    @Override
    public void onExamplesDescribed(EventEnvelope envelope, ExamplesDescribed event) {
      examples.onExamplesDescribed(event);
    }

    @Override
    public void onStepCompleted(EventEnvelope envelope, StepCompleted event) {
      progress.onStepCompleted(envelope.step(), event);
    }

    @Override
    public void onExamplesClassified(EventEnvelope envelope, ExamplesClassified event) {
      examples.onExamplesClassified(envelope.epoch(), envelope.step(), event);
    }

    @Override
    public void onGradientNormsMeasured(EventEnvelope envelope, GradientNormsMeasured event) {
      countMismatch(gradients.onGradientNormsMeasured(envelope.step(), event));
    }

    @Override
    public void onLossSensitivityMeasured(EventEnvelope envelope, LossSensitivityMeasured event) {
      countMismatch(sensitivity.onMeasured(envelope.step(), event));
    }

    @Override
    public void onCriticalSamplesSearched(EventEnvelope envelope, CriticalSamplesSearched event) {
      countMismatch(criticalSamples.onSearched(envelope.step(), event));
    }

    @Override
    public void onPredictionsMonitored(EventEnvelope envelope, PredictionsMonitored event) {
      countMismatch(
          monitor.onPredictionsMonitored(envelope.epoch(), envelope.step(), event, examples));
    }

    @Override
    public void onGradientSpectrumMeasured(EventEnvelope envelope, GradientSpectrumMeasured event) {
      spectrum.onGradientSpectrumMeasured(envelope.step(), event);
    }

    @Override
    public void onSValidationScored(EventEnvelope envelope, SValidationScored event) {
      countMismatch(svalidation.onScored(envelope, event));
    }

    @Override
    public void onProbeFailed(EventEnvelope envelope, ProbeFailed event) {
      probes.onProbeFailed(event);
    }

    @Override
    public void onProbesReported(EventEnvelope envelope, ProbesReported event) {
      probes.onProbesReported(event);
    }

    @Override
    public void onEpochCompleted(EventEnvelope envelope, EpochCompleted event) {
      progress.onEpochCompleted(envelope.epoch(), event.durationSeconds());
      evaluations.onEpochCompleted(envelope.epoch(), envelope.step(), event);
      examples.onEpochCompleted(envelope.epoch(), envelope.step());
    }

    @Override
    public void onCheckpointSaved(EventEnvelope envelope, CheckpointSaved event) {
      lifecycle.onCheckpointSaved(envelope, event);
    }

    /** It is for who keeps states of the run; the run itself is as before. */
    @Override
    public void onCheckpointsKept(EventEnvelope envelope, CheckpointsKept event) {}

    @Override
    public void onTrainerReported(EventEnvelope envelope, TrainerReported event) {
      lifecycle.onTrainerReported(event);
      reports.onTrainerReported(event);
      reports.check(sequences.missed(), undecodable);
    }

    @Override
    public void onRunFinished(EventEnvelope envelope, RunFinished event) {
      lifecycle.onRunFinished(event);
    }
  }
}
