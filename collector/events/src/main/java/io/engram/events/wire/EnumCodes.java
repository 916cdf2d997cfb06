package io.engram.events.wire;

import io.engram.events.ExampleRole;
import io.engram.events.FeatureSource;
import io.engram.events.LabelGroup;
import io.engram.events.RunFinished;
import io.engram.events.SensitivityKind;
import io.engram.events.Split;
import io.engram.events.TrainerReported;

/**
 * The byte that stands for each constant, for ever: a code is never given to another constant, and
 * the order of the constants in Java means nothing. Reading an unknown code is an {@link
 * IllegalArgumentException}.
 */
final class EnumCodes {
  private EnumCodes() {}

  static int of(Split split) {
    return switch (split) {
      case TRAIN -> 1;
      case TRAIN_TRUE -> 2;
      case VALIDATION -> 3;
      case HOLDOUT -> 4;
      case CANARY -> 5;
      case GHOST -> 6;
      case NOISE -> 7;
    };
  }

  static Split split(int code) {
    return switch (code) {
      case 1 -> Split.TRAIN;
      case 2 -> Split.TRAIN_TRUE;
      case 3 -> Split.VALIDATION;
      case 4 -> Split.HOLDOUT;
      case 5 -> Split.CANARY;
      case 6 -> Split.GHOST;
      case 7 -> Split.NOISE;
      default -> throw unknown("split", code);
    };
  }

  static int of(LabelGroup group) {
    return switch (group) {
      case CLEAN -> 1;
      case FLIPPED -> 2;
    };
  }

  static LabelGroup labelGroup(int code) {
    return switch (code) {
      case 1 -> LabelGroup.CLEAN;
      case 2 -> LabelGroup.FLIPPED;
      default -> throw unknown("label group", code);
    };
  }

  static int of(ExampleRole role) {
    return switch (role) {
      case TRAINING -> 1;
      case VALIDATION -> 2;
      case HOLDOUT -> 3;
      case CANARY -> 4;
      case GHOST -> 5;
    };
  }

  static ExampleRole exampleRole(int code) {
    return switch (code) {
      case 1 -> ExampleRole.TRAINING;
      case 2 -> ExampleRole.VALIDATION;
      case 3 -> ExampleRole.HOLDOUT;
      case 4 -> ExampleRole.CANARY;
      case 5 -> ExampleRole.GHOST;
      default -> throw unknown("example role", code);
    };
  }

  static int of(TrainerReported.State state) {
    return switch (state) {
      case RUNNING -> 1;
      case PAUSED -> 2;
    };
  }

  static TrainerReported.State state(int code) {
    return switch (code) {
      case 1 -> TrainerReported.State.RUNNING;
      case 2 -> TrainerReported.State.PAUSED;
      default -> throw unknown("trainer state", code);
    };
  }

  static int of(RunFinished.Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> 1;
      case STOPPED -> 2;
      case FAILED -> 3;
    };
  }

  static RunFinished.Outcome outcome(int code) {
    return switch (code) {
      case 1 -> RunFinished.Outcome.COMPLETED;
      case 2 -> RunFinished.Outcome.STOPPED;
      case 3 -> RunFinished.Outcome.FAILED;
      default -> throw unknown("outcome", code);
    };
  }

  static int of(SensitivityKind kind) {
    return switch (kind) {
      case UNROLLED -> 1;
      case TRUNCATED -> 2;
      case DIRECT -> 3;
    };
  }

  static SensitivityKind sensitivityKind(int code) {
    return switch (code) {
      case 1 -> SensitivityKind.UNROLLED;
      case 2 -> SensitivityKind.TRUNCATED;
      case 3 -> SensitivityKind.DIRECT;
      default -> throw unknown("sensitivity kind", code);
    };
  }

  static int of(FeatureSource source) {
    return switch (source) {
      case NETWORK -> 1;
      case PIXELS -> 2;
    };
  }

  static FeatureSource featureSource(int code) {
    return switch (code) {
      case 1 -> FeatureSource.NETWORK;
      case 2 -> FeatureSource.PIXELS;
      default -> throw unknown("feature source", code);
    };
  }

  private static IllegalArgumentException unknown(String what, int code) {
    return new IllegalArgumentException("%d is not the code of a %s".formatted(code, what));
  }
}
