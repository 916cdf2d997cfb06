package io.engram.collector.aggregate;

import io.engram.events.CriticalSamplesSearched;
import io.engram.events.EventEnvelope;
import io.engram.events.ExampleRole;
import io.engram.events.LossSensitivityMeasured;
import io.engram.events.PredictionsMonitored;
import io.engram.events.SValidationScored;
import io.engram.events.TrainingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Works out what probes measured from all of their events, when asked. */
final class NaiveProbes {
  /** Time constant of the exponential means in the runs of {@link EventStream#header}. */
  private static final double TIME_CONSTANT = 25;

  private NaiveProbes() {}

  /** Whether an event is to be counted as mismatched. */
  static boolean isMismatch(TrainingEvent event, List<EventEnvelope> counted) {
    if (event instanceof CriticalSamplesSearched search) {
      List<String> pairs = counted.stream().map(NaiveProbes::pair).filter(p -> p != null).toList();
      String pair = search.split() + "/" + search.radius();
      return search.ids().length == 0
          || search.iterations() == 0
          || (!pairs.contains(pair) && pairs.stream().distinct().count() == 16);
    }
    if (event instanceof SValidationScored scored) {
      return counted.stream()
          .map(EventEnvelope::event)
          .filter(SValidationScored.class::isInstance)
          .map(SValidationScored.class::cast)
          .filter(earlier -> earlier.classifier().equals(scored.classifier()))
          .anyMatch(earlier -> !comparable(earlier, scored));
    }
    return event instanceof PredictionsMonitored look && look.classes() < 2;
  }

  private static boolean comparable(SValidationScored a, SValidationScored b) {
    return a.examples() == b.examples()
        && a.mostCommon() == b.mostCommon()
        && setNames(a).equals(setNames(b));
  }

  static List<String> setNames(SValidationScored event) {
    return event.sets().stream().map(SValidationScored.PerturbedSet::name).toList();
  }

  private static @Nullable String pair(EventEnvelope envelope) {
    return envelope.event() instanceof CriticalSamplesSearched search
        ? search.split() + "/" + search.radius()
        : null;
  }

  /** Those that gained and those that lost a critical sample since the search before. */
  static PairedChange change(List<CriticalSamplesSearched> searches) {
    if (searches.size() < 2) {
      return PairedChange.NONE;
    }
    CriticalSamplesSearched now = searches.get(searches.size() - 1);
    CriticalSamplesSearched before = searches.get(searches.size() - 2);
    if (!Arrays.equals(now.ids(), before.ids())) {
      return PairedChange.NONE;
    }
    IntStream rows = IntStream.range(0, now.ids().length);
    List<Integer> changed =
        rows.map(i -> Integer.signum(now.foundAt()[i]) - Integer.signum(before.foundAt()[i]))
            .boxed()
            .toList();
    return new PairedChange(
        changed.stream().filter(c -> c > 0).count(), changed.stream().filter(c -> c < 0).count());
  }

  /** Each example's mean over the measurements that name it, where one is a number. */
  static double[] means(List<LossSensitivityMeasured> measured) {
    Map<Integer, List<Double>> byId = new HashMap<>();
    for (LossSensitivityMeasured event : measured) {
      for (int i = 0; i < event.ids().length; i++) {
        double value = event.sensitivity()[i];
        if (value >= 0 && value < Double.POSITIVE_INFINITY) {
          byId.computeIfAbsent(event.ids()[i], id -> new ArrayList<>()).add(value);
        }
      }
    }
    return byId.values().stream()
        .mapToDouble(v -> v.stream().reduce(0.0, Double::sum) / v.size())
        .toArray();
  }

  /** Element-wise means of the matrices since their size last changed; NaN where none has one. */
  static double[] matrix(List<LossSensitivityMeasured> measured) {
    List<LossSensitivityMeasured> same = new ArrayList<>();
    for (LossSensitivityMeasured event : measured) {
      if (event.classes() > 0) {
        if (!same.isEmpty() && same.get(0).classes() != event.classes()) {
          same.clear();
        }
        same.add(event);
      }
    }
    int size = same.isEmpty() ? 0 : same.get(0).classMatrix().length;
    double[] means = new double[size];
    for (int i = 0; i < size; i++) {
      int element = i;
      means[i] =
          same.stream()
              .mapToDouble(event -> event.classMatrix()[element])
              .filter(v -> v >= 0 && v < Double.POSITIVE_INFINITY)
              .average()
              .orElse(Double.NaN);
    }
    return means;
  }

  /** A role's part of the latest look. */
  static RoleLook look(List<EventEnvelope> looks, NaiveRun labels) {
    EventEnvelope latest = looks.get(looks.size() - 1);
    PredictionsMonitored now = (PredictionsMonitored) latest.event();
    List<EventEnvelope> same = new ArrayList<>();
    for (EventEnvelope look : looks) {
      PredictionsMonitored event = (PredictionsMonitored) look.event();
      if (event.classes() != now.classes() || !Arrays.equals(event.ids(), now.ids())) {
        same.clear();
      } else {
        same.add(look);
      }
    }
    List<EventEnvelope> forward = new ArrayList<>();
    for (EventEnvelope look : same) {
      if (!forward.isEmpty() && look.step() < forward.get(forward.size() - 1).step()) {
        forward.clear();
      }
      forward.add(look);
    }
    LookSums sums = new LookSums(now.role(), now.ids().length);
    for (int row = 0; row < now.ids().length; row++) {
      int prediction = prediction(now, row);
      int before =
          same.size() < 2
              ? -1
              : prediction((PredictionsMonitored) same.get(same.size() - 2).event(), row);
      sums.addPrediction(before, prediction);
      int[] known = labels.labels(now.role(), now.ids()[row]);
      if (known == null || known[0] < 0 || known[0] >= now.classes()) {
        sums.addUndescribed();
      } else if (prediction < 0) {
        sums.addInvalid();
      } else {
        double[] p = probabilities(now, row);
        double[] mean = exponentialMean(forward, row, now.classes());
        boolean canary = now.role() == ExampleRole.CANARY || now.role() == ExampleRole.GHOST;
        sums.add(
            prediction == known[0],
            argmax(mean) == known[0],
            p[prediction],
            p[known[0]],
            canary ? LabelRank.of(now, row, known[0], known[1]) : Double.NaN);
      }
    }
    return sums.look(LabelRank.variance(now.classes()));
  }

  /** The weights written out: that of a look decays with each later look of the example. */
  private static double[] exponentialMean(List<EventEnvelope> looks, int row, int classes) {
    double[] mean = new double[classes];
    double remaining = 1;
    for (int k = looks.size() - 1; k >= 0; k--) {
      PredictionsMonitored event = (PredictionsMonitored) looks.get(k).event();
      if (prediction(event, row) < 0) {
        continue;
      }
      int look = k;
      boolean first =
          IntStream.range(0, k)
              .noneMatch(j -> prediction((PredictionsMonitored) looks.get(j).event(), row) >= 0);
      double kept =
          first ? 0 : Math.exp(-(looks.get(k).step() - looks.get(look - 1).step()) / TIME_CONSTANT);
      double[] p = probabilities(event, row);
      for (int c = 0; c < classes; c++) {
        mean[c] += remaining * (1 - kept) * p[c];
      }
      remaining *= kept;
    }
    return mean;
  }

  private static double[] probabilities(PredictionsMonitored event, int row) {
    double[] p = new double[event.classes()];
    for (int c = 0; c < p.length; c++) {
      p[c] = event.probabilities()[row * p.length + c];
    }
    return p;
  }

  /** The predicted class, or -1 where a probability is no number. */
  private static int prediction(PredictionsMonitored event, int row) {
    double[] p = probabilities(event, row);
    return Arrays.stream(p).allMatch(v -> v >= 0 && v <= 2) ? argmax(p) : -1;
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      best = values[c] > values[best] ? c : best;
    }
    return best;
  }
}
