package io.engram.collector.onset;

import io.engram.collector.aggregate.LookView;
import io.engram.collector.aggregate.MonitoredView;
import io.engram.events.ExampleRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks made by hand: four of them an epoch of 100 steps, unless said otherwise. */
final class Looks {
  static final int CLASSES = 10;
  static final int EPOCH = 100;
  static final int SPACING = 25;

  private Looks() {}

  static LookView at(long look, long step, MonitoredView... roles) {
    return new LookView(look, (int) (step / EPOCH), step, EPOCH, EPOCH, List.of(roles));
  }

  /** The k-th look, from 1. */
  static LookView regular(int k, MonitoredView... roles) {
    return at(k, (long) SPACING * (k - 1), roles);
  }

  /**
   * Examples whose confidence falls with their index; of the most confident quarter and half the
   * first so many hold class 1, all others class 0, which is what each is given.
   */
  static MonitoredView contradicted(ExampleRole role, int size, int inQuarter, int inHalf) {
    int[] given = new int[size];
    int[] held = new int[size];
    float[] confidence = new float[size];
    float[] standing = new float[size];
    for (int i = 0; i < size; i++) {
      boolean quarter = i < inQuarter;
      boolean half = i >= size / 4 && i < size / 4 + inHalf - inQuarter;
      held[i] = quarter || half ? 1 : 0;
      confidence[i] = 1 - i / (2f * size);
      standing[i] = held[i] == 1 ? i % 9 / 8f : Float.NaN;
    }
    return new MonitoredView(
        role, CLASSES, 0, given, held, held, confidence, standing, held.clone(), 0, 0);
  }

  /** Examples of class 0 of which the first so many are predicted as class 1, held as class 0. */
  static MonitoredView predictedOtherwise(ExampleRole role, int size, int otherwise) {
    int[] predicted = new int[size];
    Arrays.fill(predicted, 0, otherwise, 1);
    return predicted(role, predicted);
  }

  static MonitoredView predicted(ExampleRole role, int... predicted) {
    int size = predicted.length;
    float[] confidence = new float[size];
    Arrays.fill(confidence, 0.5f);
    float[] standing = new float[size];
    Arrays.fill(standing, Float.NaN);
    return new MonitoredView(
        role,
        CLASSES,
        0,
        new int[size],
        predicted,
        new int[size],
        confidence,
        standing,
        new int[size],
        0,
        0);
  }

  static MonitoredView canaries(int classes, int ranked, long rankSum) {
    int[] zeros = new int[ranked];
    float[] halves = new float[ranked];
    return new MonitoredView(
        ExampleRole.CANARY,
        classes,
        0,
        zeros,
        zeros,
        zeros,
        halves,
        halves,
        zeros,
        ranked,
        rankSum);
  }

  /** What a detector says of each look, with signals that saw the same. */
  static List<Reading> readings(OnsetDetector detector, List<LookView> looks) {
    Signals signals = new Signals();
    List<Reading> readings = new ArrayList<>();
    for (LookView look : looks) {
      signals.onLook(look);
      Reading reading = detector.onLook(look, signals);
      if (reading != null) {
        readings.add(reading);
      }
    }
    return readings;
  }

  /** Number of the first look, from 1, at which it raised; 0 if it never did. */
  static int firstRaised(OnsetDetector detector, List<LookView> looks) {
    List<Reading> readings = readings(detector, looks);
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).isRaised()) {
        return i + 1;
      }
    }
    return 0;
  }
}
