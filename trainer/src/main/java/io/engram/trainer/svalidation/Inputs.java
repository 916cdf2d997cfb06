package io.engram.trainer.svalidation;

import java.util.Arrays;
import java.util.List;

/** What every shallow classifier asks of its features and labels. */
final class Inputs {
  private Inputs() {}

  static void requireFitting(Features train, List<Features> sets, int classes, int mostClasses) {
    if (classes < 2 || classes > mostClasses) {
      throw new SValidationException(
          "classes: is %d, must be 2 to %d".formatted(classes, mostClasses));
    }
    if (sets.isEmpty()) {
      throw new SValidationException("there is no s-validation set, must be at least one");
    }
    for (int set = 0; set < sets.size(); set++) {
      Features features = sets.get(set);
      if (features.rows() != train.rows() || features.columns() != train.columns()) {
        throw new SValidationException(
            "s-validation set %d is %d rows × %d features, must be the training set's %d × %d"
                .formatted(
                    set, features.rows(), features.columns(), train.rows(), train.columns()));
      }
    }
  }

  /** Of examples that are predicted, as many columns as were trained on and a class for each. */
  static void requireOthers(Features others, int[] labels, int columns, int classes) {
    if (others.columns() != columns) {
      throw new SValidationException(
          "other examples have %d features, must have the training set's %d"
              .formatted(others.columns(), columns));
    }
    requireClasses(labels, others.rows(), classes, "other");
  }

  static void requireLabels(int[] labels, int rows, int classes) {
    requireClasses(labels, rows, classes, "training");
    if (Arrays.stream(labels).allMatch(label -> label == labels[0])) {
      throw new SValidationException(
          "all labels are class %d, must be at least two classes".formatted(labels[0]));
    }
  }

  private static void requireClasses(int[] labels, int rows, int classes, String whose) {
    if (labels.length != rows) {
      throw new SValidationException(
          "labels: there are %d, must be one for each of the %d %s examples"
              .formatted(labels.length, rows, whose));
    }
    for (int row = 0; row < rows; row++) {
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new SValidationException(
            "label of %s row %d is %d, must be 0 to %d"
                .formatted(whose, row, labels[row], classes - 1));
      }
    }
  }
}
