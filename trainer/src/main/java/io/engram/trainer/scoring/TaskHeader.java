package io.engram.trainer.scoring;

import io.engram.trainer.svalidation.Features;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.ScoringTask;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a scoring task but its values. They follow in the order: labels, validation labels,
 * features of the training set, of each set, of the validation set.
 *
 * @param labels number of labels
 * @param validationLabels number of validation labels
 * @param classes number of classes
 * @param profile one of those that every scorer knows
 * @param seed the task's
 * @param train extent of the training features
 * @param sets extent of each set's
 * @param validation extent of the validation features; null for none
 */
record TaskHeader(
    int labels,
    int validationLabels,
    int classes,
    NullProfile profile,
    long seed,
    Extent train,
    List<Extent> sets,
    @Nullable Extent validation) {
  private static final List<NullProfile> PROFILES =
      List.of(NullProfile.PAPER, NullProfile.FAST, NullProfile.SKETCH);

  TaskHeader {
    sets = List.copyOf(sets);
    if (labels < 0 || validationLabels < 0) {
      throw Format.malformed(
          "labels: are %d and %d, must be 0 or more".formatted(labels, validationLabels));
    }
  }

  /** Rows and columns of features. */
  record Extent(int rows, int columns) {
    static final int BYTES = 2 * Integer.BYTES;

    Extent {
      if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE / Float.BYTES) {
        throw Format.malformed(
            "features are %d rows × %d columns, must be at least 1 × 1 and less than 2 GiB"
                .formatted(rows, columns));
      }
    }

    static Extent of(Features features) {
      return new Extent(features.rows(), features.columns());
    }

    int values() {
      return rows * columns;
    }
  }

  static TaskHeader of(ScoringTask task) {
    Features validation = task.validation();
    return new TaskHeader(
        task.labels().length,
        task.validationLabels().length,
        task.classes(),
        task.profile(),
        task.seed(),
        Extent.of(task.train()),
        task.sets().stream().map(Extent::of).toList(),
        validation == null ? null : Extent.of(validation));
  }

  /** Bytes of all values. */
  long bytes() {
    long values = (long) labels + validationLabels + train.values();
    for (Extent set : sets) {
      values += set.values();
    }
    return Float.BYTES * (values + (validation == null ? 0 : validation.values()));
  }

  Buffer encode() {
    Buffer buffer =
        Format.begin()
            .appendIntLE(labels)
            .appendIntLE(validationLabels)
            .appendIntLE(classes)
            .appendLongLE(seed);
    Format.putString(buffer, describe(profile));
    put(buffer, List.of(train));
    put(buffer, sets);
    put(buffer, validation == null ? List.of() : List.of(validation));
    return buffer;
  }

  private static void put(Buffer buffer, List<Extent> extents) {
    buffer.appendIntLE(extents.size());
    for (Extent extent : extents) {
      buffer.appendIntLE(extent.rows).appendIntLE(extent.columns);
    }
  }

  static TaskHeader decode(@Nullable Object message) {
    return Format.read(message, TaskHeader::read);
  }

  private static TaskHeader read(ByteBuffer bytes) {
    int labels = bytes.getInt();
    int validationLabels = bytes.getInt();
    int classes = bytes.getInt();
    long seed = bytes.getLong();
    NullProfile profile = profile(Format.getString(bytes));
    List<Extent> train = extents(bytes);
    List<Extent> sets = extents(bytes);
    List<Extent> validation = extents(bytes);
    if (train.size() != 1 || validation.size() > 1) {
      throw Format.malformed(
          "there are %d training sets and %d validation sets, must be 1 and at most 1"
              .formatted(train.size(), validation.size()));
    }
    return new TaskHeader(
        labels,
        validationLabels,
        classes,
        profile,
        seed,
        train.get(0),
        sets,
        validation.isEmpty() ? null : validation.get(0));
  }

  private static List<Extent> extents(ByteBuffer bytes) {
    int count = Format.getCount(bytes, Extent.BYTES);
    List<Extent> extents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      extents.add(new Extent(bytes.getInt(), bytes.getInt()));
    }
    return extents;
  }

  private static NullProfile profile(String description) {
    return PROFILES.stream()
        .filter(known -> describe(known).equals(description))
        .findFirst()
        .orElseThrow(
            () ->
                Format.malformed(
                    "profile: is %s, this scorer knows %s"
                        .formatted(
                            description, PROFILES.stream().map(TaskHeader::describe).toList())));
  }

  /** Name, classifier and numbers: equal for those profiles only that give equal scores. */
  private static String describe(NullProfile profile) {
    return "%s (%s, %d to %d permutations, %d repeats)"
        .formatted(
            profile.name(),
            profile.classifier().id(),
            profile.minimum(),
            profile.maximum(),
            profile.repeats());
  }
}
