package io.engram.collector.rules;

import io.engram.collector.aggregate.RunState;
import io.engram.collector.metrics.MetricNames;
import io.engram.collector.onset.OnsetLevel;
import io.engram.events.OnsetChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The series that a Prometheus has which scrapes a collector, and their labels. */
final class Metrics {
  private static final Set<String> OF_TARGET = Set.of("job", "instance");
  private static final Map<String, Set<String>> LABELS = labelsByMetric();

  /** Labels whose values are known beforehand. */
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "state", values(RunState.values(), RunState::label),
          "channel", values(OnsetChannel.values(), OnsetChannel::label),
          "level", values(OnsetLevel.values(), OnsetLevel::label),
          "job", Set.of("engram"));

  private Metrics() {}

  static boolean isKnown(String metric) {
    return LABELS.containsKey(metric);
  }

  /** Names of its labels, those of the target included. */
  static Set<String> labels(String metric) {
    return LABELS.getOrDefault(metric, Set.of());
  }

  /** Whether a label can have a value; of those whose values are not known, any. */
  static boolean canBe(String label, String value) {
    return !VALUES.containsKey(label)
        || VALUES.get(label).containsAll(List.of(value.split("\\|", -1)));
  }

  private static Map<String, Set<String>> labelsByMetric() {
    Map<String, Set<String>> all = new HashMap<>();
    all.put("up", OF_TARGET);
    for (MetricNames name : MetricNames.values()) {
      Set<String> labels = new HashSet<>(name.labels());
      labels.addAll(OF_TARGET);
      suffixes(name).forEach(suffix -> all.put(name.text() + suffix, labels));
    }
    return all;
  }

  private static Stream<String> suffixes(MetricNames name) {
    return switch (name.type()) {
      case HISTOGRAM -> Stream.of("_bucket", "_sum", "_count");
      case SUMMARY -> Stream.of("", "_sum", "_count");
      default -> Stream.of("");
    };
  }

  private static <T> Set<String> values(T[] constants, Function<T, String> label) {
    return Arrays.stream(constants).map(label).collect(Collectors.toSet());
  }
}
