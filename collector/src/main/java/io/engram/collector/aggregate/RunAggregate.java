package io.engram.collector.aggregate;

import io.engram.events.EventEnvelope;
import io.engram.events.RunId;
import io.engram.events.RunStarted;
import io.engram.events.TrainingEventHandler;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run. Not thread-safe: it belongs to the context that owns its {@link Runs}.
 *
 * <p>A resumed incarnation continues the run's history: totals count work done, steps that are done
 * again included, and their points stand in the series a second time.
 */
public final class RunAggregate {
  private static final int VERSION = 11;

  final SequenceTracker sequences;
  final Lifecycle lifecycle;
  final ReportAggregator reports;
  final History history;
  final ProbesAggregator probes;
  final Redone redone;
  long undecodable;
  long cut;
  boolean resumed;
  private final RunId run;
  private final long firstIncarnation;
  private final LeftBranches branches;
  private final TrainingEventHandler dispatcher = new EventDispatcher(this);
  private long mismatched;
  private long quarantined;
  private long touchedMillis;

  /** Begins a run with the first event that was received of it, which is still to be applied. */
  RunAggregate(EventEnvelope first) {
    run = first.run();
    firstIncarnation = first.incarnation();
    sequences = new SequenceTracker(first.incarnation());
    lifecycle = new Lifecycle(first.timestampMillis());
    reports = new ReportAggregator();
    history = new History();
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
    cut = left.cut;
    undecodable = left.undecodable;
    quarantined = left.quarantined;
    lifecycle = checkpoint.lifecycle;
    lifecycle.checkpoint = left.lifecycle.checkpoint;
    history = checkpoint.history;
    redone.onLeft(left.history.progress, checkpoint.history.progress);
    long from = checkpoint.history.progress.nextStep();
    branches.add(
        left.incarnation(), from, left.history.progress.nextStep(), left.history.branch(from));
    resumed = true;
  }

  private RunAggregate(DataInput in) throws IOException {
    try {
      run = new RunId(StateIo.readString(in));
      firstIncarnation = in.readLong();
      sequences = new SequenceTracker(in);
      lifecycle = new Lifecycle(in);
      reports = new ReportAggregator(in);
      history = new History(in);
      probes = new ProbesAggregator(in);
      redone = new Redone(in);
      branches = new LeftBranches(in);
      mismatched = in.readLong();
      cut = in.readLong();
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
    history.save(out);
    probes.save(out);
    redone.save(out);
    branches.save(out);
    out.writeLong(mismatched);
    out.writeLong(cut);
    out.writeLong(undecodable);
    out.writeLong(quarantined);
  }

  /** Writes what was learned of the training itself, see {@link History}. */
  public void saveHistory(DataOutput out) throws IOException {
    history.save(out);
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

  /** How many layers have series. */
  int layers() {
    return history.gradients.size();
  }

  /**
   * @param room how many layers it may have, asked for when they become known
   */
  void limitLayers(IntSupplier room) {
    history.gradients.limit(room);
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
        history.progress.snapshot(redone),
        history.evaluations.snapshot(),
        history.gradients.snapshot(history.examples.gradientNorms()),
        history.examples.snapshot(),
        new MeasurementsSnapshot(
            history.criticalSamples.snapshot(),
            history.sensitivity.snapshot(history.examples.sensitivity()),
            history.monitor.snapshot(),
            history.spectrum.snapshot(),
            history.svalidation.snapshot(),
            probes.snapshot()),
        lifecycle.checkpoint,
        delivery());
  }

  /** How many looks at the monitored examples were completed. */
  public long looks() {
    return history.monitor.looks();
  }

  /**
   * The latest completed look at the monitored examples. It is to be asked for right after the
   * event that completed it, before an event of the next look is applied. Cost: one pass over the
   * probabilities of the monitored examples.
   */
  public LookView look() {
    return history.monitor.view();
  }

  /** How many searches for critical samples were counted. */
  public long criticalSamplesSearches() {
    return history.criticalSamples.searches();
  }

  /**
   * The latest search of each split and radius, in the order in which these were first searched.
   */
  public List<CriticalSamplesView> criticalSamples() {
    return history.criticalSamples.views();
  }

  /** How many quarters of an epoch were presented since the first that was. */
  public long presentedParts() {
    return history.examples.presentations().completed();
  }

  /** How the presentations of the last epoch went, up to the latest quarter that is complete. */
  public PresentedView presented() {
    return history.examples.presentations().view();
  }

  /** What s-validation scored. */
  public SValidationSnapshot svalidation() {
    return history.svalidation.snapshot();
  }

  /** How many epochs were evaluated, epoch 0 included. */
  public long evaluations() {
    return history.evaluations.count();
  }

  /** The latest evaluation of each split. */
  public List<SplitSnapshot> latestEvaluations() {
    return history.evaluations.snapshot();
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
    if (cut > 0) {
      dropped.merge("series_limit", cut, Counts::add);
    }
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
    return history.seriesNames();
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
    return history.series(names, fromStep, toStep, maxPoints);
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
    return history.examples.first(order, limit);
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
    return history.examples.dataMap(points);
  }

  void countMismatch(boolean counted) {
    mismatched += counted ? 0 : 1;
  }
}
