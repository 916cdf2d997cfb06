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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps every event that counts, and works everything out from them when asked. */
final class NaiveRun {
  /** One presentation of an example. */
  record Presentation(int epoch, int predicted, float loss, float margin) {}

  /** An example and all of its presentations. */
  static final class Example {
    final int id;
    final int given;
    final int trueLabel;
    final List<Presentation> presentations = new ArrayList<>();

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
  long observations;
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
    } else if (envelope.event() instanceof ExamplesDescribed described
        && described.role() == ExampleRole.TRAINING) {
      describe(described);
    } else if (envelope.event() instanceof ExamplesClassified classified) {
      classify(envelope.epoch(), classified);
    }
    counted.add(envelope);
  }

  private void describe(ExamplesDescribed event) {
    for (int i = 0; i < event.ids().length; i++) {
      Example known = examples.get(event.ids()[i]);
      if (known == null) {
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
      if (example == null) {
        undescribed++;
      } else if (example.given != event.given()[i]) {
        mislabelled++;
      } else {
        observations++;
        example.presentations.add(
            new Presentation(epoch, event.predicted()[i], event.loss()[i], event.margin()[i]));
      }
    }
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

  long emitted() {
    Map<Long, Long> byIncarnation = new HashMap<>();
    for (EventEnvelope envelope : envelopes(TrainerReported.class)) {
      byIncarnation.merge(
          envelope.incarnation(), ((TrainerReported) envelope.event()).emitted(), Math::max);
    }
    return byIncarnation.values().stream().mapToLong(Long::longValue).sum();
  }
}
