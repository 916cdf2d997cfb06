package io.engram.collector.aggregate;

import io.engram.events.EpochCompleted;
import io.engram.events.Evaluation;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.ExamplesClassified;
import io.engram.events.ExamplesDescribed;
import io.engram.events.GradientNormsMeasured;
import io.engram.events.RunStarted;
import io.engram.events.StepCompleted;
import io.engram.events.TrainerReported;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Keeps every event that counts, and works everything out from them when asked. */
final class NaiveRun {
  /** One presentation of an example. */
  record Presentation(
      int epoch, int predicted, float loss, float margin, float gradientL1, float gradientL2) {}

  /** An example and all of its presentations. */
  static final class Example {
    final int id;
    final int given;
    final int trueLabel;
    final List<Presentation> presentations = new ArrayList<>();
    float suspicion;

    Example(int id, int given, int trueLabel) {
      this.id = id;
      this.given = given;
      this.trueLabel = trueLabel;
    }

    boolean isFlipped() {
      return trueLabel != -1 && given != trueLabel;
    }

    boolean isCorrect(int presentation) {
      return presentations.get(presentation).predicted() == given;
    }

    boolean isLearned() {
      return !presentations.isEmpty() && isCorrect(presentations.size() - 1);
    }

    int correct() {
      return (int) presentations.stream().filter(p -> p.predicted() == given).count();
    }

    int lastOther() {
      for (int i = presentations.size() - 1; i >= 0; i--) {
        if (!isCorrect(i)) {
          return presentations.get(i).predicted();
        }
      }
      return -1;
    }

    int firstLearnedEpoch() {
      return presentations.stream()
          .filter(p -> p.predicted() == given)
          .mapToInt(Presentation::epoch)
          .findFirst()
          .orElse(-1);
    }

    int forgettingEvents() {
      int events = 0;
      for (int i = 1; i < presentations.size(); i++) {
        events += isCorrect(i - 1) && !isCorrect(i) ? 1 : 0;
      }
      return events;
    }

    int predictionChanges() {
      int changes = 0;
      for (int i = 1; i < presentations.size(); i++) {
        changes += presentations.get(i).predicted() != presentations.get(i - 1).predicted() ? 1 : 0;
      }
      return changes;
    }

    double meanMargin() {
      double sum = 0;
      for (Presentation presentation : presentations) {
        sum += presentation.margin();
      }
      return sum / presentations.size();
    }

    float score(MislabelScore score) {
      float squares = 0;
      for (Presentation presentation : presentations) {
        squares += presentation.gradientL2() * presentation.gradientL2();
      }
      return switch (score) {
        case AUM -> (float) -meanMargin();
        case CSL -> (float) lossSum();
        case FORGETTING -> correct() == 0 ? Float.MAX_VALUE : forgettingEvents();
        case CSG -> squares;
        case COMBINED -> suspicion;
      };
    }

    double inputGradient() {
      float sum = 0;
      for (Presentation presentation : presentations) {
        sum += presentation.gradientL1();
      }
      return (double) sum / presentations.size();
    }

    double lossSum() {
      double sum = 0;
      for (Presentation presentation : presentations) {
        sum += presentation.loss();
      }
      return sum;
    }
  }

  final List<EventEnvelope> counted = new ArrayList<>();
  final Map<Integer, Example> examples = new HashMap<>();
  long incarnation = -1;
  long received;
  long missed;
  long duplicate;
  long superseded;
  long mismatched;
  long undescribed;
  long mislabelled;
  long redescribed;
  long impossible;
  long canaries;
  long observations;
  boolean inputGradients;
  final Map<MislabelScore, Map<Long, List<Float>>> auroc = new EnumMap<>(MislabelScore.class);
  final Map<Long, List<List<Double>>> directMeans = new TreeMap<>();
  private final Map<ExampleRole, Map<Integer, int[]>> others = new EnumMap<>(ExampleRole.class);
  private long observationsRanked;
  private List<String> layers = List.of();
  private long last = -1;

  static NaiveRun of(List<EventEnvelope> delivered) {
    NaiveRun run = new NaiveRun();
    delivered.forEach(run::receive);
    return run;
  }

  private void receive(EventEnvelope envelope) {
    if (envelope.incarnation() > incarnation) {
      boolean resumes =
          envelope.event() instanceof RunStarted header && header.resumedFromStep() >= 0;
      if (!resumes) {
        forgetEverything();
      }
      incarnation = envelope.incarnation();
      last = -1;
    }
    received++;
    if (envelope.incarnation() < incarnation) {
      superseded++;
    } else if (envelope.sequence() <= last) {
      duplicate++;
    } else {
      for (long skipped = last + 1; skipped < envelope.sequence(); skipped++) {
        missed++;
      }
      last = envelope.sequence();
      count(envelope);
    }
  }

  private void forgetEverything() {
    counted.clear();
    examples.clear();
    layers = List.of();
    received = missed = duplicate = superseded = mismatched = 0;
    undescribed = mislabelled = redescribed = observations = 0;
    impossible = canaries = observationsRanked = 0;
    inputGradients = false;
    auroc.clear();
    directMeans.clear();
    others.clear();
  }

  private void count(EventEnvelope envelope) {
    if (envelope.event() instanceof RunStarted header) {
      if (!layers.equals(header.network().layers())) {
        counted.removeIf(e -> e.event() instanceof GradientNormsMeasured);
      }
      layers = header.network().layers();
    } else if (envelope.event() instanceof GradientNormsMeasured norms) {
      int n = norms.gradient().length;
      if (layers.isEmpty()) {
        layers = List.of("layer0", "layer1", "layer2", "layer3").subList(0, n);
      }
      if (n == 0 || n != layers.size()) {
        mismatched++;
        return;
      }
    } else if (NaiveProbes.isMismatch(envelope.event(), counted)) {
      mismatched++;
      return;
    } else if (envelope.event() instanceof ExamplesDescribed described) {
      if (described.role() == ExampleRole.TRAINING) {
        describe(described);
      } else {
        describeOther(described);
      }
    } else if (envelope.event() instanceof EpochCompleted) {
      rank(envelope.step());
    } else if (envelope.event() instanceof ExamplesClassified classified) {
      classify(envelope.epoch(), classified);
    }
    counted.add(envelope);
  }

  private void describe(ExamplesDescribed event) {
    for (int i = 0; i < event.ids().length; i++) {
      Example known = examples.get(event.ids()[i]);
      if (event.givenLabels()[i] < 0
          || event.givenLabels()[i] > 65_533
          || event.trueLabels()[i] < -1
          || event.trueLabels()[i] > 65_533) {
        impossible++;
      } else if (known == null) {
        Example example =
            new Example(event.ids()[i], event.givenLabels()[i], event.trueLabels()[i]);
        examples.put(example.id, example);
      } else if (known.given != event.givenLabels()[i]
          || known.trueLabel != event.trueLabels()[i]) {
        redescribed++;
      }
    }
  }

  private void classify(int epoch, ExamplesClassified event) {
    for (int i = 0; i < event.ids().length; i++) {
      Example example = examples.get(event.ids()[i]);
      if (example == null && labels(ExampleRole.CANARY, event.ids()[i]) != null) {
        canaries++;
      } else if (example == null) {
        undescribed++;
      } else if (example.given != event.given()[i]) {
        mislabelled++;
      } else {
        observations++;
        example.presentations.add(
            new Presentation(
                epoch,
                event.predicted()[i],
                event.loss()[i],
                event.margin()[i],
                event.inputGradientL1().length == 0 ? 0 : event.inputGradientL1()[i],
                event.inputGradientL2().length == 0 ? 0 : event.inputGradientL2()[i]));
        inputGradients |= event.inputGradientL2().length > 0;
      }
    }
  }

  private void describeOther(ExamplesDescribed event) {
    Map<Integer, int[]> known = others.computeIfAbsent(event.role(), role -> new HashMap<>());
    for (int i = 0; i < event.ids().length; i++) {
      int[] labels = {event.givenLabels()[i], event.trueLabels()[i]};
      int[] before = known.putIfAbsent(event.ids()[i], labels);
      if (before != null && !Arrays.equals(before, labels)) {
        redescribed++;
      }
    }
  }

  /** Given and true label of an example of a role, or null. */
  int @Nullable [] labels(ExampleRole role, int id) {
    if (role == ExampleRole.TRAINING) {
      Example example = examples.get(id);
      return example == null ? null : new int[] {example.given, example.trueLabel};
    }
    return others.getOrDefault(role, Map.of()).get(id);
  }

  private void rank(long step) {
    List<Example> presented =
        examples.values().stream().filter(e -> !e.presentations.isEmpty()).toList();
    if (observations == observationsRanked) {
      return;
    }
    observationsRanked = observations;
    Map<Example, Float> combined = new HashMap<>();
    int scores = inputGradients ? 3 : 2;
    for (MislabelScore score : MislabelScore.values()) {
      if (score == MislabelScore.COMBINED) {
        combined.forEach((example, sum) -> example.suspicion = sum);
      } else if (score != MislabelScore.CSG || inputGradients) {
        for (Example example : presented) {
          float share = rankShare(example, presented, score);
          if (score != MislabelScore.FORGETTING) {
            combined.merge(example, share / scores, Float::sum);
          }
        }
      } else {
        continue;
      }
      double area = naiveAuroc(presented, score);
      if (!Double.isNaN(area)) {
        auroc
            .computeIfAbsent(score, key -> new TreeMap<>())
            .computeIfAbsent(step, key -> new ArrayList<>())
            .add((float) area);
      }
    }
    directMeans
        .computeIfAbsent(step, key -> new ArrayList<>())
        .add(presented.stream().map(Example::inputGradient).toList());
  }

  private static float rankShare(Example example, List<Example> all, MislabelScore score) {
    int below = 0;
    int equal = 0;
    for (Example other : all) {
      int compared = compare(other.score(score), example.score(score));
      below += compared < 0 ? 1 : 0;
      equal += compared == 0 ? 1 : 0;
    }
    return (float) ((2 * below + equal + 1) / 2.0 / all.size());
  }

  /** Every pair of a flipped and another example, one by one. */
  private static double naiveAuroc(List<Example> all, MislabelScore score) {
    double right = 0;
    int pairs = 0;
    for (Example flipped : all) {
      for (Example clean : all) {
        if (flipped.isFlipped() && !clean.isFlipped()) {
          int compared = compare(flipped.score(score), clean.score(score));
          right += compared > 0 ? 1 : compared == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return right / pairs;
  }

  private static int compare(float a, float b) {
    return Float.isNaN(a) || Float.isNaN(b)
        ? Boolean.compare(Float.isNaN(b), Float.isNaN(a))
        : a < b ? -1 : a > b ? 1 : 0;
  }

  /** Whether no step of the ends of epochs was before an earlier one. */
  boolean isForward() {
    List<EventEnvelope> epochs = envelopes(EpochCompleted.class);
    return IntStream.range(1, epochs.size())
        .allMatch(i -> epochs.get(i).step() >= epochs.get(i - 1).step());
  }

  List<String> layers() {
    return layers;
  }

  <T> List<T> events(Class<T> kind) {
    return counted.stream()
        .map(EventEnvelope::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  List<EventEnvelope> envelopes(Class<?> kind) {
    return counted.stream().filter(e -> kind.isInstance(e.event())).toList();
  }

  List<Example> group(boolean flipped) {
    return examples.values().stream().filter(e -> e.isFlipped() == flipped).toList();
  }

  long steps() {
    return events(StepCompleted.class).size();
  }

  long presented() {
    return events(StepCompleted.class).stream().mapToLong(StepCompleted::examples).sum();
  }

  long correct() {
    return events(StepCompleted.class).stream().mapToLong(StepCompleted::correct).sum();
  }

  /** The latest event that evaluated a split, for each split name. */
  Map<String, EventEnvelope> latestEvaluations() {
    Map<String, EventEnvelope> latest = new TreeMap<>();
    for (EventEnvelope envelope : envelopes(EpochCompleted.class)) {
      for (Evaluation evaluation : ((EpochCompleted) envelope.event()).evaluations()) {
        latest.put(evaluation.split().label(), envelope);
      }
    }
    return latest;
  }

  /** Per reason, the latest figure of each incarnation, added up. */
  Map<String, Long> dropped() {
    Map<Long, Map<String, Long>> byIncarnation = new HashMap<>();
    for (EventEnvelope envelope : envelopes(TrainerReported.class)) {
      byIncarnation.put(envelope.incarnation(), ((TrainerReported) envelope.event()).dropped());
    }
    Map<String, Long> total = new TreeMap<>();
    byIncarnation.values().forEach(map -> map.forEach((k, v) -> total.merge(k, v, Long::sum)));
    total.put("superseded", superseded);
    total.put("mismatched", mismatched);
    return total;
  }

  /** Of its latest incarnation, NONE before its first report. */
  TrainerReported.Spool spool() {
    TrainerReported.Spool latest = TrainerReported.Spool.NONE;
    for (EventEnvelope envelope : envelopes(TrainerReported.class)) {
      if (envelope.incarnation() == incarnation) {
        latest = ((TrainerReported) envelope.event()).spool();
      }
    }
    return latest;
  }

  long emitted() {
    Map<Long, Long> byIncarnation = new HashMap<>();
    for (EventEnvelope envelope : envelopes(TrainerReported.class)) {
      byIncarnation.merge(
          envelope.incarnation(), ((TrainerReported) envelope.event()).emitted(), Math::max);
    }
    return byIncarnation.values().stream().mapToLong(Long::longValue).sum();
  }
}
