package io.engram.collector.aggregate;

import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.LabelGroup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Follows the training examples: who they are, and how each presentation went. */
final class ExamplesAggregator {
  private final ExampleDynamics examples;
  private final LogHistogram gradientNorms;
  private final SeriesTable cleanLearned;
  private final SeriesTable flippedLearned;
  private final SeriesTable predictionChanges;
  private final DirectSensitivity sensitivity;
  private final MislabelRanking mislabels;
  private final ConfidentPresentations presentations;
  private final Map<ExampleRole, RoleLabels> others = new EnumMap<>(ExampleRole.class);
  private int expected;
  private long observations;
  private long undescribed;
  private long mislabelled;
  private long redescribed;
  private long impossible;
  private long canaries;
  private boolean inputGradients;
  private long observationsRanked;
  private long changesBeforeEpoch;

  ExamplesAggregator() {
    examples = new ExampleDynamics();
    gradientNorms = new LogHistogram(LogHistogram.NORMS);
    cleanLearned = new SeriesTable(List.of(SeriesNames.examplesLearned(LabelGroup.CLEAN)));
    flippedLearned = new SeriesTable(List.of(SeriesNames.examplesLearned(LabelGroup.FLIPPED)));
    predictionChanges = new SeriesTable(List.of(SeriesNames.PREDICTION_CHANGES));
    sensitivity = new DirectSensitivity();
    mislabels = new MislabelRanking();
    presentations = new ConfidentPresentations();
  }

  ExamplesAggregator(DataInput in) throws IOException {
    examples = new ExampleDynamics(in);
    gradientNorms = new LogHistogram(LogHistogram.NORMS, in);
    cleanLearned = new SeriesTable(in);
    flippedLearned = new SeriesTable(in);
    predictionChanges = new SeriesTable(in);
    sensitivity = new DirectSensitivity(in);
    mislabels = new MislabelRanking(in);
    presentations = new ConfidentPresentations(in);
    for (int n = StateIo.readLength(in); n > 0; n--) {
      others.put(StateIo.readEnum(ExampleRole.class, in), new RoleLabels(in));
    }
    expected = in.readInt();
    observations = in.readLong();
    undescribed = in.readLong();
    mislabelled = in.readLong();
    redescribed = in.readLong();
    impossible = in.readLong();
    canaries = in.readLong();
    inputGradients = in.readBoolean();
    observationsRanked = in.readLong();
    changesBeforeEpoch = in.readLong();
  }

  void save(DataOutput out) throws IOException {
    examples.save(out);
    gradientNorms.save(out);
    cleanLearned.save(out);
    flippedLearned.save(out);
    predictionChanges.save(out);
    sensitivity.save(out);
    mislabels.save(out);
    presentations.save(out);
    out.writeInt(others.size());
    for (Map.Entry<ExampleRole, RoleLabels> entry : others.entrySet()) {
      StateIo.writeString(out, entry.getKey().name());
      entry.getValue().save(out);
    }
    out.writeInt(expected);
    out.writeLong(observations);
    out.writeLong(undescribed);
    out.writeLong(mislabelled);
    out.writeLong(redescribed);
    out.writeLong(impossible);
    out.writeLong(canaries);
    out.writeBoolean(inputGradients);
    out.writeLong(observationsRanked);
    out.writeLong(changesBeforeEpoch);
  }

  /** Room is made for this many examples as they are described. */
  void onTrainingExamples(int number) {
    expected = number;
  }

  /** Presentations are counted by epochs of this many steps. */
  void onStepsPerEpoch(int steps) {
    presentations.onStepsPerEpoch(steps);
  }

  /** Adds the examples that are new; those already known must agree. */
  void onExamplesDescribed(ExamplesDescribed event) {
    if (event.role() != ExampleRole.TRAINING) {
      redescribed += others.computeIfAbsent(event.role(), role -> new RoleLabels()).describe(event);
      return;
    }
    int[] ids = event.ids();
    int from = 0;
    for (int to = 1; to <= ids.length; to++) {
      if (to == ids.length || ids[to] <= ids[to - 1]) {
        describeAscending(event, from, to);
        from = to;
      }
    }
  }

  private void describeAscending(ExamplesDescribed event, int from, int to) {
    int[] ids = new int[to - from];
    int[] given = new int[to - from];
    int[] trueLabels = new int[to - from];
    int fresh = 0;
    for (int i = from; i < to; i++) {
      int givenLabel = event.givenLabels()[i];
      int trueLabel = event.trueLabels()[i];
      int slot = examples.find(event.ids()[i]);
      if (!ExampleDynamics.canHold(givenLabel, trueLabel)) {
        impossible++;
      } else if (slot < 0) {
        ids[fresh] = event.ids()[i];
        given[fresh] = givenLabel;
        trueLabels[fresh] = trueLabel;
        fresh++;
      } else if (!examples.agrees(slot, givenLabel, trueLabel)) {
        redescribed++;
      }
    }
    examples.add(
        Arrays.copyOf(ids, fresh),
        Arrays.copyOf(given, fresh),
        Arrays.copyOf(trueLabels, fresh),
        expected);
  }

  /** Counts the presentations of known examples; those of canaries are counted apart. */
  void onExamplesClassified(int epoch, long step, ExamplesClassified event) {
    int[] ids = event.ids();
    float[] l1 = event.inputGradientL1();
    float[] l2 = event.inputGradientL2();
    RoleLabels canaryLabels = others.get(ExampleRole.CANARY);
    presentations.atStep(step);
    for (int i = 0; i < ids.length; i++) {
      int slot = examples.find(ids[i]);
      if (slot < 0 && canaryLabels != null && canaryLabels.find(ids[i]) >= 0) {
        canaries++;
      } else if (slot < 0) {
        undescribed++;
      } else if (examples.given(slot) != event.given()[i]) {
        mislabelled++;
      } else {
        observations++;
        examples.observe(slot, epoch, event.predicted()[i], event.loss()[i], event.margin()[i]);
        presentations.observe(
            event.predicted()[i] == event.given()[i], event.loss()[i], event.margin()[i]);
        float norm = l1.length == 0 ? 0 : l1[i];
        examples.observeInputGradient(slot, norm, l2.length == 0 ? 0 : l2[i]);
        inputGradients |= l2.length > 0;
        if (l1.length > 0) {
          sensitivity.observe(norm);
        }
      }
    }
    for (float norm : event.gradientNorm()) {
      gradientNorms.observe(norm);
    }
    appendLearnedShare(cleanLearned, step, examples.clean());
    appendLearnedShare(flippedLearned, step, examples.flipped());
  }

  private static void appendLearnedShare(SeriesTable series, long step, ExampleGroup group) {
    if (group.examples > 0) {
      series.append(step, (double) group.learned / group.examples);
    }
  }

  void onEpochCompleted(int epoch, long step) {
    long changes = examples.clean().predictionChanges + examples.flipped().predictionChanges;
    if (epoch > 0) {
      predictionChanges.append(step, (double) (changes - changesBeforeEpoch));
    }
    changesBeforeEpoch = changes;
    if (observations > observationsRanked) {
      observationsRanked = observations;
      mislabels.rank(step, examples, inputGradients);
      if (sensitivity.isMeasured()) {
        int[] presented = examples.presentedSlots();
        sensitivity.onMeans(
            step, Arrays.stream(presented).mapToDouble(examples::inputGradient).toArray());
      }
    }
  }

  List<SeriesTable> series() {
    List<SeriesTable> series = new ArrayList<>(mislabels.series());
    Collections.addAll(
        series, cleanLearned, flippedLearned, predictionChanges, sensitivity.series());
    return series;
  }

  /** The given label of an example of a role, or -1 if it was not described. */
  int given(ExampleRole role, int id) {
    if (role == ExampleRole.TRAINING) {
      int slot = examples.find(id);
      return slot < 0 ? -1 : examples.given(slot);
    }
    RoleLabels labels = others.get(role);
    int slot = labels == null ? -1 : labels.find(id);
    return labels == null || slot < 0 ? -1 : labels.given(slot);
  }

  /** The class that is left out of the ranks of a canary or ghost, or -1 if it is not known. */
  int excluded(ExampleRole role, int id) {
    RoleLabels labels = others.get(role);
    int slot = labels == null ? -1 : labels.find(id);
    return labels == null || slot < 0 ? -1 : labels.trueLabel(slot);
  }

  ConfidentPresentations presentations() {
    return presentations;
  }

  List<DataMapPoint> dataMap(int limit) {
    return DataMap.sample(examples, limit);
  }

  SensitivitySnapshot sensitivity() {
    return sensitivity.snapshot();
  }

  List<ExampleRow> first(ExampleOrder order, int limit) {
    return ExampleRanking.first(examples, order, limit);
  }

  HistogramCounts gradientNorms() {
    return gradientNorms.snapshot();
  }

  ExamplesSnapshot snapshot() {
    return new ExamplesSnapshot(
        examples.size(),
        observations,
        undescribed,
        mislabelled,
        redescribed,
        impossible,
        canaries,
        mislabels.auroc(),
        List.of(examples.clean().snapshot(), examples.flipped().snapshot()));
  }
}
