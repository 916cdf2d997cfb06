package io.engram.trainer.svalidation;

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

  static void requireLabels(int[] labels, int rows, int classes) {
    if (labels.length != rows) {
      throw new SValidationException(
          "labels: there are %d, must be one for each of the %d training examples"
              .formatted(labels.length, rows));
    }
    boolean several = false;
    for (int row = 0; row < rows; row++) {
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new SValidationException(
            "label of row %d is %d, must be 0 to %d".formatted(row, labels[row], classes - 1));
      }
      several |= labels[row] != labels[0];
    }
    if (!several) {
      throw new SValidationException(
          "all labels are class %d, must be at least two classes".formatted(labels[0]));
    }
  }
}
